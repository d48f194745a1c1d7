using System.Globalization;
using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>A section of the original program's configuration. What of it nobody asks for is told in the end.</summary>
internal sealed class PythonSection
{
    private readonly ImportContext _context;
    private readonly HashSet<string> _known = new(StringComparer.Ordinal);
    private readonly Dictionary<string, PythonSection> _sections = new(StringComparer.Ordinal);

    /// <summary>Makes a section.</summary>
    public PythonSection(SettingNode? node, SettingPlace place, string path, ImportContext context)
    {
        (Map, Place, Path, _context) = (node as MapNode ?? new MapNode(place, []), place, path, context);
        if (node is not null and not MapNode and not TextNode { Text: null })
            context.Note(place, path, "A section is expected here.", "Nothing of it is taken over.");
        context.Watch(this);
    }

    /// <summary>Where it stands in the file.</summary>
    public SettingPlace Place { get; }

    /// <summary>Its path, as the documentation of the original program names it.</summary>
    public string Path { get; }

    private MapNode Map { get; }

    /// <summary>The names of all settings.</summary>
    public IReadOnlyList<string> Names => [.. Map.Items.Select(item => item.Name)];

    /// <summary>Whether a setting is there, and is not null.</summary>
    public bool Has(string name) => Find(name) is { Value: not TextNode { Text: null } };

    /// <summary>A setting as it is; null if it is not there.</summary>
    public SettingNode? Node(string name) => Find(name)?.Value;

    /// <summary>A section; empty if it is not there.</summary>
    public PythonSection Section(string name)
    {
        if (!_sections.TryGetValue(name, out var section))
            _sections[name] = section = new(Node(name), Find(name)?.Place ?? Place, PathOf(name), _context);
        return section;
    }

    /// <summary>All settings as sections by their names, in their order.</summary>
    public IEnumerable<(string Name, PythonSection Section)> Sections() => Names.Select(name => (name, Section(name)));

    /// <summary>A text, number or flag; null if it is not there.</summary>
    public string? Text(string name)
    {
        if (Node(name) is null or TextNode)
            return (Node(name) as TextNode)?.Text;
        Note(name, "A single value is expected here.", "It is not taken over.");
        return null;
    }

    /// <summary>Texts, written as a list or as one.</summary>
    public IReadOnlyList<string> Texts(string name) => Node(name) switch
    {
        TextNode { Text: { } text } => [text],
        ListNode list => [.. list.Items.OfType<TextNode>().Select(item => item.Text ?? "")],
        _ => [],
    };

    /// <summary>A whole number; null if it is not there.</summary>
    public long? Number(string name)
    {
        if (Text(name) is not { } text)
            return null;
        if (long.TryParse(text.Replace("_", "", StringComparison.Ordinal), NumberStyles.Integer, CultureInfo.InvariantCulture, out var number))
            return number;
        Note(name, "A number is expected here.", "It is not taken over.");
        return null;
    }

    /// <summary>A flag; null if it is not there.</summary>
    public bool? Flag(string name) => Text(name)?.ToLowerInvariant() switch
    {
        null => null,
        "true" or "yes" or "on" => true,
        _ => false,
    };

    /// <summary>A choice, translated.</summary>
    /// <param name="name">The setting.</param>
    /// <param name="choices">The words of the original program, each with ours; null for what needs not be written.</param>
    public string? Choice(string name, params (string Theirs, string? Ours)[] choices)
    {
        if (Text(name) is not { } text)
            return null;
        if (choices.FirstOrDefault(choice => choice.Theirs.Equals(text, StringComparison.OrdinalIgnoreCase)) is { Theirs: not null } found)
            return found.Ours;
        Note(name, $"There is no '{text}' here.", $"The default is taken. There are: {string.Join(", ", choices.Select(choice => choice.Theirs))}.");
        return null;
    }

    /// <summary>Tells that settings, if they are there, have no counterpart.</summary>
    public void Without(string why, params string[] names)
    {
        foreach (var name in names)
        {
            if (Find(name) is not null)
                Note(name, "There is no counterpart.", why);
        }
    }

    /// <summary>Tells that a setting is not taken over as it was.</summary>
    public void Note(string name, string problem, string fix) => _context.Note(Find(name)?.Place ?? Place, PathOf(name), problem, fix);

    /// <summary>Tells what nobody asked for.</summary>
    public void ReportUnknown()
    {
        foreach (var item in Map.Items.Where(item => !_known.Contains(item.Name)))
            _context.Note(item.Place, PathOf(item.Name), "The original program 1.0.9 has no such setting.", "It is not taken over.");
    }

    private NamedNode? Find(string name)
    {
        _known.Add(name);
        return Map.Items.FirstOrDefault(item => item.Name == name);
    }

    private string PathOf(string name) => Path.Length == 0 ? name : name.Length == 0 ? Path : $"{Path}.{name}";
}
