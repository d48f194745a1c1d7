namespace Hermes.ServerRuntime.Configuration;

/// <summary>
/// When the removals of a poll, or of a change of the data model, wait for approval instead of being sent: a source that is suddenly almost empty is rarely
/// what was meant.
/// </summary>
public sealed class RemovalGuardOptions
{
    /// <summary>Whether removals are looked at, those of <see cref="Attributes"/> included. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>
    /// More than this share of a type's entries waits, in percent, if it is also <see cref="MinEntries"/> or more. Default: 20.
    /// </summary>
    public double MaxPercent { get; set; } = 20;

    /// <summary>Fewer removals of a type than this never wait for their share. Default: 10.</summary>
    public int MinEntries { get; set; } = 10;

    /// <summary>More removals of a type than this wait, whatever their share; null for no such limit. Default: null.</summary>
    public int? MaxEntries { get; set; }

    /// <summary>Whether a type may lose its last entry, or leave the data model with entries, without waiting. Default: false.</summary>
    public bool AllowEmpty { get; set; }

    /// <summary>When attributes that vanish from many entries at once wait for approval.</summary>
    public AttributeGuardOptions Attributes { get; } = new();
}
