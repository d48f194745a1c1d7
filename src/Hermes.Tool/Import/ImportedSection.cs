using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>A section of our configuration, while it is written.</summary>
internal sealed class ImportedSection
{
    private static readonly SettingPlace Nowhere = new("");

    private readonly List<NamedNode> _items = [];

    /// <summary>Whether nothing is set.</summary>
    public bool IsEmpty => _items.Count == 0;

    /// <summary>Sets a text; null sets nothing.</summary>
    public ImportedSection Set(string name, string? text) => text is null ? this : Add(name, TextOf(text));

    /// <summary>Sets a reference to a value elsewhere; null sets nothing.</summary>
    public ImportedSection Refer(string name, string? reference) => reference is null ? this : Add(name, new TextNode(Nowhere, reference));

    /// <summary>Sets a duration; null sets nothing.</summary>
    public ImportedSection Set(string name, TimeSpan? time) => Set(name, time?.ToString("c", System.Globalization.CultureInfo.InvariantCulture));

    /// <summary>Sets a list of texts; an empty one sets nothing.</summary>
    public ImportedSection Set(string name, IEnumerable<string> texts)
    {
        List<SettingNode> items = [.. texts.Select(TextOf)];
        return items.Count == 0 ? this : Add(name, new ListNode(Nowhere, items));
    }

    /// <summary>Sets a section; an empty one sets nothing.</summary>
    public ImportedSection Set(string name, ImportedSection section) => section.IsEmpty ? this : Add(name, section.ToNode());

    /// <summary>Sets a list of sections; an empty one sets nothing.</summary>
    public ImportedSection Set(string name, IEnumerable<ImportedSection> sections)
    {
        List<SettingNode> items = [.. sections.Select(section => section.ToNode())];
        return items.Count == 0 ? this : Add(name, new ListNode(Nowhere, items));
    }

    /// <summary>The section as it is by now.</summary>
    public MapNode ToNode() => new(Nowhere, [.. _items]);

    // What looks like a reference of ours was none.
    private static TextNode TextOf(string text) => new(Nowhere, text.Replace("${", "$${", StringComparison.Ordinal));

    private ImportedSection Add(string name, SettingNode value)
    {
        _items.RemoveAll(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
        _items.Add(new(name, Nowhere, value));
        return this;
    }
}
