namespace Hermes.ServerRuntime.Configuration;

/// <summary>
/// When an attribute that vanishes from many entries of a type in one poll waits for approval instead of being sent as removed: a column that is suddenly empty, or that
/// may no longer be read, is rarely what was meant. Until then, the cached values stay.
/// </summary>
public sealed class AttributeGuardOptions
{
    /// <summary>Whether attributes that vanish are looked at. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// When more than this share of the entries that have an attribute would lose it, it waits, in percent, if they are also <see cref="MinEntries"/> or more. Default: 20.
    /// </summary>
    public double MaxPercent { get; set; } = 20;

    /// <summary>An attribute that fewer entries of a type than this would lose never waits for their share. Default: 10.</summary>
    public int MinEntries { get; set; } = 10;

    /// <summary>An attribute that more entries of a type than this would lose waits, whatever their share; null for no such limit. Default: null.</summary>
    public int? MaxEntries { get; set; }

    /// <summary>Whether all entries that have an attribute may lose it without waiting, when they are 5 or more. Default: false.</summary>
    public bool AllowEmpty { get; set; }

    /// <summary>What never waits: types, such as <c>Cards</c>, and attributes, such as <c>Users.room</c>. Default: none.</summary>
    public IList<string> Except { get; } = [];
}
