namespace Hermes.Crash.Host.Failpoints;

/// <summary>Where a server can be killed. Each member is a failpoint.</summary>
internal static class ServerFailpoints
{
    public const string BeforeOpen = "server.state.open.before";
    public const string AfterOpen = "server.state.open.after";
    public const string ReadKeys = "server.state.keys.read";
    public const string ReadContents = "server.state.contents.read";
    public const string Begin = "server.transaction.begin";
    public const string AppendEntries = "server.transaction.entries.append";
    public const string ReplaceEntries = "server.transaction.entries.replace";
    public const string DeleteEntries = "server.transaction.entries.delete";
    public const string AppendEvents = "server.transaction.events.append";
    public const string AppendWriteBacks = "server.transaction.write-backs.append";
    public const string BeforeCommit = "server.transaction.commit.before";
    public const string AfterCommit = "server.transaction.commit.after";
    public const string BeforeReadOutbox = "server.outbox.read.before";
    public const string AfterReadOutbox = "server.outbox.read.after";
    public const string BeforeConfirm = "server.outbox.confirm.before";
    public const string AfterConfirm = "server.outbox.confirm.after";
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
        BeforeOpen, AfterOpen, ReadKeys, ReadContents, Begin, AppendEntries, ReplaceEntries, DeleteEntries, AppendEvents, AppendWriteBacks,
        BeforeCommit, AfterCommit,
        BeforeReadOutbox, AfterReadOutbox, BeforeConfirm, AfterConfirm, BeforeSend, HalfSent, AfterSend, BeforeFetch, FetchRow, AfterFetch,
        BeforeWriteBack, AfterWriteBack, ReadWriteBacks, BeforeRemoveWriteBacks, AfterRemoveWriteBacks,
    ];

    /// <summary>Those that a process passes once.</summary>
    public static IReadOnlyList<string> Once { get; } = [BeforeOpen, AfterOpen];
}
