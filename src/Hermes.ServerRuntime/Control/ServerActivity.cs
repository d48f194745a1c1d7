namespace Hermes.ServerRuntime.Control;

/// <summary>What a server is doing.</summary>
public enum ServerActivity
{
    /// <summary>It has not started yet, or loads its state.</summary>
    Starting,

    /// <summary>Another process holds its state; it waits until that one lets go.</summary>
    WaitingForState,

    /// <summary>It polls, stores or sends.</summary>
    Working,

    /// <summary>It waits for the next poll.</summary>
    Waiting,

    /// <summary>Something failed; it waits to try again.</summary>
    Retrying,

    /// <summary>It was paused.</summary>
    Paused,

    /// <summary>It was stopped.</summary>
    Stopped,
}
