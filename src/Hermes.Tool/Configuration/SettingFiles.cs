using Hermes.Runtime.Configuration;

namespace Hermes.Tool.Configuration;

/// <summary>Reads the files of a configuration and makes one of them.</summary>
internal static class SettingFiles
{
    /// <summary>What a host keeps its settings under in <c>appsettings.json</c>. A file may have it, and need not.</summary>
    public const string Root = "Hermes";

    private static readonly string[] Extensions = [".yml", ".yaml", ".json"];

    /// <summary>Reads files and folders; a later one counts more than those before it, and a list in it replaces theirs.</summary>
    /// <param name="paths">Files, and folders of files. The files of one folder may not contradict each other.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>All settings; null if a file cannot be read.</returns>
    public static MapNode? Read(IReadOnlyList<string> paths, ICollection<Finding> findings)
    {
        MapNode? all = null;
        foreach (var path in paths)
        {
            var read = Directory.Exists(path) ? ReadFolder(path, findings) : ReadFile(path, findings);
            if (read is null)
                return null;
            all = all is null ? read : Joined(all, read, "", refuse: null);
        }

        return all;
    }

    /// <summary>Reads a file as it is, of whichever program it may be.</summary>
    /// <param name="path">The file.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>What it holds; null if it cannot be read.</returns>
    public static MapNode? ReadAsItIs(string path, ICollection<Finding> findings) => ReadFile(path, findings, isOurs: false);

    private static MapNode? ReadFolder(string folder, ICollection<Finding> findings)
    {
        var files = Directory.EnumerateFiles(folder).Where(IsSettings).Order(StringComparer.Ordinal).ToList();
        if (files.Count == 0)
            findings.Add(new(new(folder), "", "The folder holds no configuration.", "Put files there whose names end with .yml, .yaml or .json."));

        // All of them, so that the mistakes of all are told.
        var read = files.ConvertAll(file => ReadFile(file, findings));
        return read.Count == 0 || read.Contains(null)
            ? null
            : read.Aggregate((one, other) => Joined(one!, other!, "", (path, earlier, later) => findings.Add(new(
                later, path, "Another file of the folder sets this too.", $"Remove one of the two; the other is {earlier}."))));
    }

    private static MapNode? ReadFile(string path, ICollection<Finding> findings, bool isOurs = true)
    {
        var place = new SettingPlace(path);
        if (!IsSettings(path))
            findings.Add(new(place, "", "It cannot be told what the file is written in.", "Give it a name that ends with .yml, .yaml or .json."));
        else if (!File.Exists(path))
            findings.Add(new(place, "", "There is no such file.", NearFile(path) is { } near ? $"Did you mean {near}?" : "Write one with: hermes init"));
        else
            return Parse(path, findings, isOurs);
        return null;
    }

    private static MapNode? Parse(string path, ICollection<Finding> findings, bool isOurs)
    {
        string text;
        try
        {
            text = File.ReadAllText(path);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            findings.Add(new(new(path), "", $"The file cannot be read: {exception.Message}", "Let the account that runs hermes read it."));
            return null;
        }

        var before = findings.Count;
        var root = path.EndsWith(".json", StringComparison.OrdinalIgnoreCase) ? JsonSettings.Read(path, text, findings) : YamlSettings.Read(path, text, findings);
        if (root is MapNode map)
            return isOurs ? Rooted(map, findings) : map;
        if (root is not null)
            findings.Add(new(root.Place, "", "A file begins with names of settings, such as Servers.", "Write 'Servers:' or 'Clients:', and what belongs to it below."));
        else if (findings.Count == before)
            findings.Add(new(new(path, 1, 1), "", "The file is empty.", "Write one with: hermes init"));
        return null;
    }

    // What stands below Hermes, as in appsettings.json, and what stands beside it are the same to this program.
    private static MapNode Rooted(MapNode map, ICollection<Finding> findings) => map.Find(Root) is not { Value: MapNode inner }
        ? map
        : Joined(map with { Items = [.. map.Items.Where(item => !item.Name.Equals(Root, StringComparison.OrdinalIgnoreCase))] }, inner, "", (path, earlier, later) =>
            findings.Add(new(later, path, "This setting stands twice.", $"Remove one of the two; the other is in line {earlier.Line}.")));

    /// <summary>Joins two sections.</summary>
    /// <param name="one">A section.</param>
    /// <param name="other">Counts more.</param>
    /// <param name="path">Where they stand.</param>
    /// <param name="refuse">Is told of each setting that both have, and where; null if the other may replace it.</param>
    private static MapNode Joined(MapNode one, MapNode other, string path, Action<string, SettingPlace, SettingPlace>? refuse)
    {
        var items = one.Items.ToList();
        foreach (var item in other.Items)
        {
            var index = items.FindIndex(known => known.Name.Equals(item.Name, StringComparison.OrdinalIgnoreCase));
            if (index < 0)
            {
                items.Add(item);
                continue;
            }

            var (known, at) = (items[index], path.Length == 0 ? item.Name : $"{path}:{item.Name}");
            if (known.Value is MapNode below && item.Value is MapNode above)
                items[index] = known with { Value = Joined(below, above, at, refuse) };
            else if (refuse is not null)
                refuse(at, known.Place, item.Place);
            else
                items[index] = item;
        }

        return one with { Items = items };
    }

    private static bool IsSettings(string path) => Extensions.Contains(Path.GetExtension(path), StringComparer.OrdinalIgnoreCase);

    private static string? NearFile(string path)
    {
        var folder = Path.GetDirectoryName(path) is { Length: > 0 } named ? named : ".";
        if (!Directory.Exists(folder))
            return null;
        var near = NearName.Of(Path.GetFileName(path), Directory.EnumerateFiles(folder).Where(IsSettings).Select(file => Path.GetFileName(file)));
        return near is null ? null : folder == "." ? near : Path.Combine(folder, near);
    }
}
