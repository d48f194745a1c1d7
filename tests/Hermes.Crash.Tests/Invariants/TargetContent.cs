using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>What a target of Hermes itself holds, read without Hermes: the rows of its tables, the files of its folder, the objects of its directory.</summary>
/// <param name="Entries">The entries as texts, without their secrets.</param>
/// <param name="Secrets">The secrets of the entries that have one.</param>
internal sealed record TargetContent(IReadOnlyDictionary<EntryName, string> Entries, IReadOnlyDictionary<EntryName, string> Secrets)
{
    private static readonly (string Type, string[] Key)[] Types = [("Group", ["group_id"]), ("Account", ["user_id"]), ("Member", ["group_id", "user_id"])];

    /// <summary>Reads the target of a client.</summary>
    /// <param name="folder">Its files.</param>
    /// <param name="options">What it is.</param>
    /// <param name="mayHaveTrash">Whether something of the trashbin may be left in it.</param>
    /// <returns>Null if it is the rig's own, which is a journal.</returns>
    /// <exception cref="ViolationException">Something of the trashbin is left in it, or something unfinished.</exception>
    public static TargetContent? Of(RigFolder folder, CampusOptions options, bool mayHaveTrash) => options.Target switch
    {
        CampusTarget.Directory => Of(DirectoryContent.Read(options.Directory!, folder, mayHaveTrash)),
        CampusTarget.Table => Of(Rows(folder)),
        CampusTarget.Folder => Of(Files(folder, mayHaveTrash)),
        _ => null,
    };

    /// <summary>What is left of a membership when only its keys are told.</summary>
    public static string Keys(string membership)
    {
        using var json = JsonDocument.Parse(membership);
        return JournalTarget.Text(Entry.Create(json.RootElement.EnumerateObject()
            .Where(member => member.Name is "group_id" or "user_id").Select(member => KeyValuePair.Create(member.Name, PlainJson.Read(member.Value)))));
    }

    private static TargetContent Of(IEnumerable<(string Type, string[] Key, Entry Entry)> objects)
    {
        var (entries, secrets) = (new Dictionary<EntryName, string>(), new Dictionary<EntryName, string>());
        foreach (var (type, key, entry) in objects)
        {
            var parts = key.Select(entry.Get).ToArray();
            var name = new EntryName(type, PlainJson.ToText(parts.Length == 1 ? parts[0] : ValueList.Create(parts)));
            if (!entries.TryAdd(name, JournalTarget.Text(entry)))
                throw new ViolationException("Nothing lost", $"The target has {name} twice.");
            if (entry.TryGetValue(CampusOptions.Password, out var secret))
                secrets.Add(name, secret.AsString());
        }

        return new TargetContent(entries, secrets);
    }

    private static IEnumerable<(string Type, string[] Key, Entry Entry)> Rows(RigFolder folder)
    {
        using var tables = new SqliteFile(folder.TargetTables);
        foreach (var (type, key) in Types)
        {
            foreach (var row in tables.Named($"select * from \"{type}\""))
            {
                if (row.Any(cell => cell is ("trashed", 1L)))
                    throw new ViolationException("Nothing lost", $"The table {type} has a row that is marked as trashed: {string.Join(", ", row)}");
                yield return (type, key, Entry.Create(
                    row.Where(cell => cell.Name != "trashed" && cell.Value is not null).Select(cell => KeyValuePair.Create(cell.Name, ValueOf(cell.Name, cell.Value!)))));
            }
        }
    }

    private static IEnumerable<(string Type, string[] Key, Entry Entry)> Files(RigFolder folder, bool mayHaveTrash)
    {
        foreach (var (type, key) in Types)
        {
            var place = Path.Combine(folder.Target, type);
            if (!Directory.Exists(place))
                continue;
            foreach (var file in Directory.EnumerateFiles(place, "*", mayHaveTrash ? SearchOption.TopDirectoryOnly : SearchOption.AllDirectories))
            {
                if (Path.GetDirectoryName(file) != place || Path.GetExtension(file) != ".json")
                    throw new ViolationException("Nothing lost", $"The folder target has the file {Path.GetRelativePath(folder.Target, file)} left.");
                using var json = JsonDocument.Parse(File.ReadAllBytes(file));
                yield return (type, key, Entry.Create(json.RootElement.EnumerateObject().Select(member => KeyValuePair.Create(member.Name, PlainJson.Read(member.Value)))));
            }
        }
    }

    private static Value ValueOf(string column, object value) => (column, value) switch
    {
        ("jobs", string jobs) => PlainJson.Read(JsonDocument.Parse(jobs).RootElement),
        (_, long number) => number,
        _ => (string)value,
    };
}
