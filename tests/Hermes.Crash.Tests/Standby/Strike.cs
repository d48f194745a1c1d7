namespace Hermes.Crash.Tests.Standby;

/// <summary>What befalls who is at work.</summary>
internal enum Strike
{
    /// <summary>It is killed.</summary>
    Kill,

    /// <summary>It stands still for longer than its lease, and goes on when the other one has taken over.</summary>
    Freeze,

    /// <summary>It is stopped in order, and hands over.</summary>
    Stop,

    /// <summary>All sessions of the database are ended.</summary>
    EndSessions,

    /// <summary>The database is killed and started again.</summary>
    Restart,
}
