namespace Hermes.ClientRuntime.Control;

/// <summary>What a client is doing.</summary>
public enum ClientPhase
{
    /// <summary>It was not started yet.</summary>
    NotStarted,

    /// <summary>It opens its state and works out changes of its data model.</summary>
    Starting,

    /// <summary>It is new, and no complete initsync is on the bus.</summary>
    WaitingForInitSync,

    /// <summary>It applies events, or waits for them.</summary>
    Running,

    /// <summary>It is paused; it answers requests and applies nothing.</summary>
    Paused,

    /// <summary>Something fails (see <see cref="ClientStatus.LastError"/>); it tries again by itself.</summary>
    Failing,

    /// <summary>It cannot go on until someone acts (see <see cref="ClientStatus.LastError"/>).</summary>
    Failed,

    /// <summary>It was stopped.</summary>
    Stopped,
}
