namespace Hermes.ClientRuntime.Configuration;

/// <summary>
/// When removals that come from one cause, a change of the client's data model or a re-initialisation, wait for approval: a target that would suddenly be almost empty is
/// rarely what was meant. Removals that the server sends one by one are its own guard's.
/// </summary>
public sealed class ClientRemovalGuardOptions
{
    /// <summary>Whether removals are looked at. Default: true.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>More than this share of a type's entries waits, in percent, if it is also <see cref="MinEntries"/> or more. Default: 20.</summary>
    public double MaxPercent { get; set; } = 20;

    /// <summary>Fewer removals of a type than this never wait for their share. Default: 10.</summary>
    public int MinEntries { get; set; } = 10;

    /// <summary>More removals of a type than this wait, whatever their share; null for no such limit. Default: null.</summary>
    public int? MaxEntries { get; set; }

    /// <summary>Whether a type may lose its last entry, or leave the data model with entries, without waiting. Default: false.</summary>
    public bool AllowEmpty { get; set; }
}
