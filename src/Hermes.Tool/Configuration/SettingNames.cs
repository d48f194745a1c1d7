namespace Hermes.Tool.Configuration;

/// <summary>Collects the settings of one section, and refuses names that cannot be or stand there already.</summary>
internal sealed class SettingNames(ICollection<Finding> findings)
{
    private readonly List<NamedNode> _items = [];

    /// <summary>The settings, in the order of the file.</summary>
    public IReadOnlyList<NamedNode> Items => _items;

    /// <summary>Adds a setting, or says what is wrong with its name.</summary>
    public void Add(NamedNode item)
    {
        if (item.Name.Length == 0)
            findings.Add(new(item.Place, "", "A setting has no name.", "Write the name before the colon."));
        else if (item.Name.Contains(':'))
            findings.Add(new(item.Place, "", $"'{item.Name}' cannot name a setting: it holds a colon.", "Write each part as a section of its own, one below the other."));
        else if (_items.Find(known => known.Name.Equals(item.Name, StringComparison.OrdinalIgnoreCase)) is { } earlier)
            findings.Add(new(item.Place, item.Name, "This setting stands twice in its section.", $"Remove one of the two; the other is in line {earlier.Place.Line}."));
        else
            _items.Add(item);
    }

    /// <summary>Adds what a section takes over from another one; what stands in it counts more.</summary>
    public void AddBelow(IEnumerable<NamedNode> items) =>
        _items.AddRange(items.Where(item => !_items.Exists(known => known.Name.Equals(item.Name, StringComparison.OrdinalIgnoreCase))));
}
