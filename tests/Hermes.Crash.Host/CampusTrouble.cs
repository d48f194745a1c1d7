namespace Hermes.Crash.Host;

/// <summary>What strikes a campus now and then between its kills.</summary>
internal enum CampusTrouble
{
    /// <summary>Nothing.</summary>
    None,

    /// <summary>The server's state or the bus is put back to an older copy, or lost.</summary>
    Restores,

    /// <summary>The client's state is put back to an older copy, or lost; so may the server's be.</summary>
    ClientRestores,

    /// <summary>A second server writes to the bus: one of another name, or one with a copy of the state.</summary>
    Rivals,

    /// <summary>The power is cut: what was not flushed to the disk is lost.</summary>
    Cuts,
}
