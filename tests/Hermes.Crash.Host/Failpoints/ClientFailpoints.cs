namespace Hermes.Crash.Host.Failpoints;

/// <summary>Where a client can be killed. Each member is a failpoint.</summary>
internal static class ClientFailpoints
{
    public const string BeforeOpen = "client.state.open.before";
    public const string AfterOpen = "client.state.open.after";
    public const string SetUp = "client.state.setup";
    public const string Find = "client.state.find";
    public const string BeforePut = "client.state.put.before";
    public const string AfterPut = "client.state.put.after";
    public const string BeforePutQueued = "client.queue.put.before";
    public const string AfterPutQueued = "client.queue.put.after";
    public const string BeforeRemoveQueued = "client.queue.remove.before";
    public const string AfterRemoveQueued = "client.queue.remove.after";
    public const string BeforeCommit = "client.state.commit.before";
    public const string AfterCommit = "client.state.commit.after";
    public const string LastOffset = "client.bus.last-offset";
    public const string BeforeRead = "client.bus.read.before";
    public const string ReadMessage = "client.bus.read.message";
    public const string TargetStart = "client.target.start";
    public const string BeforeHandler = "client.handler.before";
    public const string AfterHandler = "client.handler.after";
    public const string BeforeReserve = "client.step.reserve.before";
    public const string AfterReserve = "client.step.reserve.after";
    public const string BeforeWrite = "client.step.write.before";
    public const string AfterWrite = "client.step.write.after";
    public const string BeforeAnnounce = "client.step.announce.before";
    public const string AfterAnnounce = "client.step.announce.after";
    public const string BeforeFailure = "client.handler.failure.before";
    public const string BeforeJournal = "client.journal.write.before";
    public const string AfterJournal = "client.journal.write.after";
    public const string BeforeOutcome = "client.state.outcome.before";
    public const string AfterOutcome = "client.state.outcome.after";
    public const string BeforeSaved = "client.target.saved.before";
    public const string AfterSaved = "client.target.saved.after";

    public static IReadOnlyList<string> All { get; } =
    [
        BeforeOpen, AfterOpen, SetUp, Find, BeforePut, AfterPut, BeforePutQueued, AfterPutQueued, BeforeRemoveQueued, AfterRemoveQueued,
        BeforeCommit, AfterCommit, LastOffset, BeforeRead, ReadMessage, TargetStart, BeforeHandler, AfterHandler, BeforeReserve, AfterReserve,
        BeforeWrite, AfterWrite, BeforeAnnounce, AfterAnnounce, BeforeFailure, BeforeJournal, AfterJournal, BeforeOutcome, AfterOutcome, BeforeSaved, AfterSaved,
    ];

    /// <summary>Those that a process passes once.</summary>
    public static IReadOnlyList<string> Once { get; } = [BeforeOpen, AfterOpen, SetUp, LastOffset, BeforeRead, TargetStart];

    /// <summary>Those that a new client passes, in its order; only the last one is also passed by a client with a changed data model.</summary>
    public static IReadOnlyList<string> OfNewClient { get; } = [LastOffset, SetUp];
}
