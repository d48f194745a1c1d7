using System.Collections;
using System.Globalization;
using Hermes.Abstractions.Configuration;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.Configuration.Memory;

namespace Hermes.Tool.Configuration;

/// <summary>The settings of files, environment and command line as a .NET configuration, which remembers where each one stands.</summary>
internal sealed class LocatedSettings : IConfigurationSource
{
    // Far more than anybody writes; aliases of aliases could make more than fits into the memory.
    private const int MostSettings = 200_000;

    private readonly Dictionary<string, string?> _texts = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, SettingPlace> _places = new(StringComparer.OrdinalIgnoreCase);
    private readonly List<Finding> _findings = [];
    private readonly IReadOnlyList<string> _files;

    private LocatedSettings(IReadOnlyList<string> files) => _files = files;

    /// <summary>What is wrong, as far as one sees without knowing the settings, and warnings; in the order of the files.</summary>
    public IReadOnlyList<Finding> Findings => _findings;

    /// <summary>Whether all files could be read, so that it makes sense to look at the settings.</summary>
    public bool IsReadable { get; private set; }

    /// <summary>Reads a configuration.</summary>
    /// <param name="files">Files and folders; later ones count more.</param>
    /// <param name="overrides">Settings that count more than the files; later ones count more.</param>
    /// <param name="environment">The environment variables, for references.</param>
    public static LocatedSettings Read(IReadOnlyList<string> files, IEnumerable<Override> overrides, IDictionary environment)
    {
        var settings = new LocatedSettings(files);
        if (SettingFiles.Read(files, settings._findings) is not { } root)
            return settings;
        settings.IsReadable = true;
        settings._places[SettingFiles.Root] = root.Place;
        settings.Add(SettingFiles.Root, root);
        foreach (var one in overrides)
            settings.Add(one);
        settings.ResolveReferences(new SecretReferences(name => (string?)environment[name]));
        return settings;
    }

    /// <summary>Joins what is wrong with the settings to what is wrong with the files, each with its place, in the order of the files.</summary>
    public IReadOnlyList<Finding> With(IEnumerable<ConfigurationError> errors)
    {
        // What a mistake in a line leads to is not told again.
        var known = _findings.Where(finding => !finding.IsWarning).Select(finding => finding.Place with { Column = 0 }).ToHashSet();
        return InOrder(_findings.Concat(errors.Select(Locate).Where(finding => !known.Contains(finding.Place with { Column = 0 }))));
    }

    /// <inheritdoc/>
    public IConfigurationProvider Build(IConfigurationBuilder builder) => new MemoryConfigurationProvider(new MemoryConfigurationSource { InitialData = _texts });

    private void Add(string path, SettingNode node)
    {
        if (_texts.Count > MostSettings)
            return;
        switch (node)
        {
            case MapNode { Items.Count: > 0 } map:
                foreach (var item in map.Items)
                    Add(path, item.Name, item.Place, item.Value);
                break;
            case ListNode { Items.Count: > 0 } list:
                for (var i = 0; i < list.Items.Count; i++)
                    Add(path, i.ToString(CultureInfo.InvariantCulture), list.Items[i].Place, list.Items[i]);
                break;
            case TextNode { Text: { } text }:
                _texts[path] = text;
                if (PlainSecret.Is(path, text))
                {
                    _findings.Add(new(
                        _places[path], Shown(path), "The secret stands in the file.", "Keep it elsewhere, and write ${env:NAME}, ${file:/path} or ${cred:name} here.")
                    { IsWarning = true });
                }

                break;
            default:
                // Nothing, an empty section or an empty list: it is there, and holds nothing.
                _texts[path] = node is TextNode ? null : "";
                break;
        }
    }

    private void Add(string path, string name, SettingPlace place, SettingNode value)
    {
        var child = $"{path}:{name}";
        _places[child] = place;
        Add(child, value);
        if (_texts.Count > MostSettings && !_findings.Exists(finding => finding.Setting.Length == 0))
            _findings.Add(new(place, "", "The configuration is too large.", $"It may hold {MostSettings} settings, those that aliases repeat included."));
    }

    private void Add(Override one)
    {
        var path = $"{SettingFiles.Root}:{one.Path}";
        foreach (var replaced in _texts.Keys.Where(key => key.StartsWith(path + ":", StringComparison.OrdinalIgnoreCase)).ToList())
            _texts.Remove(replaced);
        _texts[path] = one.Text;
        _places[path] = one.Place;

        // The sections around it, if only it says that they are there.
        for (var end = path.LastIndexOf(':'); end > 0; end = path.LastIndexOf(':', end - 1))
            _places.TryAdd(path[..end], one.Place);
        _findings.RemoveAll(finding => finding.IsWarning && finding.Setting.Equals(one.Path, StringComparison.OrdinalIgnoreCase));
    }

    private void ResolveReferences(SecretReferences references)
    {
        foreach (var (path, text) in _texts.ToList())
        {
            if (text is not null)
                _texts[path] = references.Resolve(text, (problem, fix) => _findings.Add(new(_places[path], Shown(path), problem, fix)));
        }
    }

    private Finding Locate(ConfigurationError error)
    {
        // Several settings that are wrong together are told by one error.
        var path = error.Path.Split(", ")[0];
        var known = SettingFiles.Root;
        foreach (var part in path.Split(':').SkipWhile(part => part.Equals(SettingFiles.Root, StringComparison.OrdinalIgnoreCase)))
        {
            if (Child(known, part) is not { } child)
                break;
            known = child;
        }

        return new(_places[known], string.Join(", ", error.Path.Split(", ").Select(Shown)), error.Problem, error.Fix);
    }

    // Items of a list may be called by their names in errors.
    private string? Child(string path, string part)
    {
        var child = $"{path}:{part}";
        if (_places.ContainsKey(child))
            return child;
        for (var i = 0; _places.ContainsKey($"{path}:{i}"); i++)
        {
            if (_texts.GetValueOrDefault($"{path}:{i}:Name") == part)
                return $"{path}:{i}";
        }

        return null;
    }

    private List<Finding> InOrder(IEnumerable<Finding> findings) =>
    [
        .. findings.OrderBy(finding => FileNumber(finding.Place.Source)).ThenBy(finding => finding.Place.Source, StringComparer.Ordinal)
            .ThenBy(finding => finding.Place.Line).ThenBy(finding => finding.Place.Column),
    ];

    // What no file says comes last.
    private int FileNumber(string source)
    {
        var number = _files.ToList().FindIndex(file => source.StartsWith(file, StringComparison.Ordinal));
        return number < 0 ? int.MaxValue : number;
    }

    private static string Shown(string path) => path.StartsWith(SettingFiles.Root + ":", StringComparison.OrdinalIgnoreCase)
        ? path[(SettingFiles.Root.Length + 1)..]
        : path.Equals(SettingFiles.Root, StringComparison.OrdinalIgnoreCase) ? "" : path;
}
