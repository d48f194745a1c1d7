namespace Hermes.ClientRuntime.State;

/// <summary>What the journal of calls is worth that was found when a state was opened.</summary>
public enum JournalFinding
{
    /// <summary>It holds what came of all calls since the last commit.</summary>
    Whole,

    /// <summary>Calls since the last commit may be missing: the machine went down, or the state keeps no journal.</summary>
    Incomplete,

    /// <summary>It does not belong to the state, which may therefore be an older one that was put back: calls of any later time may have been made.</summary>
    Foreign,
}
