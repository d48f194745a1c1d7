namespace Hermes.Tool.Configuration;

/// <summary>What a file holds: a text, a list, or settings by name; each with its place.</summary>
internal abstract record SettingNode(SettingPlace Place);

/// <summary>A single value.</summary>
internal sealed record TextNode(SettingPlace Place, string? Text) : SettingNode(Place);

/// <summary>A list.</summary>
internal sealed record ListNode(SettingPlace Place, IReadOnlyList<SettingNode> Items) : SettingNode(Place);

/// <summary>Settings by name, in the order of the file.</summary>
internal sealed record MapNode(SettingPlace Place, IReadOnlyList<NamedNode> Items) : SettingNode(Place)
{
    /// <summary>Finds a setting; names are the same in capitals and small letters, as everywhere in a configuration.</summary>
    public NamedNode? Find(string name) => Items.FirstOrDefault(item => item.Name.Equals(name, StringComparison.OrdinalIgnoreCase));
}

/// <summary>A setting.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Place">Where the name stands.</param>
/// <param name="Value">What it is set to.</param>
internal sealed record NamedNode(string Name, SettingPlace Place, SettingNode Value);
