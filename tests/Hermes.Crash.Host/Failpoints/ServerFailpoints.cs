namespace Hermes.Crash.Host.Failpoints;

/// <summary>Where a server can be killed. Each member is a failpoint.</summary>
internal static class ServerFailpoints
{
    public const string BeforeOpen = "server.state.open.before";
    public const string AfterOpen = "server.state.open.after";
    public const string ReadKeys = "server.state.keys.read";
    public const string ReadContent = "server.state.content.read";
    public const string BeginDraft = "server.draft.begin";
    public const string Insert = "server.draft.insert";
    public const string Update = "server.draft.update";
    public const string Delete = "server.draft.delete";
    public const string Append = "server.draft.append";
    public const string AppendWriteBack = "server.draft.write-back";
    public const string BeforeCommit = "server.draft.commit.before";
    public const string AfterCommit = "server.draft.commit.after";
    public const string BeforeReadOutbox = "server.outbox.read.before";
    public const string ReadOutboxEvent = "server.outbox.read.event";
    public const string BeforeRemove = "server.outbox.remove.before";
    public const string AfterRemove = "server.outbox.remove.after";
    public const string BeforeSend = "server.bus.send.before";
    public const string HalfSent = "server.bus.send.half";
    public const string AfterSend = "server.bus.send.after";
    public const string BeforeFetch = "server.source.fetch.before";
    public const string FetchRow = "server.source.fetch.row";
    public const string AfterFetch = "server.source.fetch.after";
    public const string BeforeWriteBack = "server.source.write-back.before";
    public const string AfterWriteBack = "server.source.write-back.after";
    public const string ReadWriteBacks = "server.write-backs.read";
    public const string BeforeRemoveWriteBacks = "server.write-backs.remove.before";
    public const string AfterRemoveWriteBacks = "server.write-backs.remove.after";

    public static IReadOnlyList<string> All { get; } =
    [
        BeforeOpen, AfterOpen, ReadKeys, ReadContent, BeginDraft, Insert, Update, Delete, Append, AppendWriteBack, BeforeCommit, AfterCommit,
        BeforeReadOutbox, ReadOutboxEvent, BeforeRemove, AfterRemove, BeforeSend, HalfSent, AfterSend, BeforeFetch, FetchRow, AfterFetch,
        BeforeWriteBack, AfterWriteBack, ReadWriteBacks, BeforeRemoveWriteBacks, AfterRemoveWriteBacks,
    ];

    /// <summary>Those that a process passes once.</summary>
    public static IReadOnlyList<string> Once { get; } = [BeforeOpen, AfterOpen];

    /// <summary>Those that only an initsync passes.</summary>
    public static IReadOnlyList<string> OfInitSync { get; } = [Append];
}
