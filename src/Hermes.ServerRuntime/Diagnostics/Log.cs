using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Diagnostics;

/// <summary>What a server logs. The ids are stable. No secret value is among the arguments; other values are cut.</summary>
internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Server {Server} starts with {Outbox} events to send. It polls every {Interval}: {Types}")]
    public static partial void Starting(ILogger logger, string server, long outbox, TimeSpan interval, string types);

    [LoggerMessage(2, LogLevel.Information, "Server {Server} stopped")]
    public static partial void Stopped(ILogger logger, string server);

    [LoggerMessage(3, LogLevel.Warning, "Server {Server}: {Path}: {Problem} {Fix}")]
    public static partial void ModelWarning(ILogger logger, string server, string path, string problem, string fix);

    [LoggerMessage(
        10, LogLevel.Information, "Server {Server} polled: {Added} added, {Modified} modified, {Removed} removed, {Held} removals held back, in {Duration}")]
    public static partial void Polled(ILogger logger, string server, int added, int modified, int removed, int held, TimeSpan duration);

    [LoggerMessage(11, LogLevel.Information, "Server {Server} filled its cache with {Entries} entries. Clients get them by an initsync")]
    public static partial void Filled(ILogger logger, string server, long entries);

    [LoggerMessage(12, LogLevel.Information, "Server {Server} stored an initsync of {Entries} entries")]
    public static partial void InitSyncStored(ILogger logger, string server, long entries);

    [LoggerMessage(13, LogLevel.Information, "Server {Server} adopted a changed data schema: {Changes}")]
    public static partial void SchemaChanged(ILogger logger, string server, string changes);

    [LoggerMessage(14, LogLevel.Debug, "Server {Server} sent {Count} events, up to number {Sequence}")]
    public static partial void Published(ILogger logger, string server, int count, long sequence);

    [LoggerMessage(15, LogLevel.Debug, "Server {Server} polled: nothing changed among {Entries} entries, in {Duration}")]
    public static partial void NothingChanged(ILogger logger, string server, long entries, TimeSpan duration);

    [LoggerMessage(19, LogLevel.Error, "Server {Server}: unusable rows, so {Count} entries of {Type} stay as they are cached: {Entries}. The first: {Problem}")]
    public static partial void BadRows(ILogger logger, string server, int count, string type, string entries, string problem);

    [LoggerMessage(20, LogLevel.Error, "Server {Server}: {Count} keys of {Type} stand twice in a source and are not used: {Entries}")]
    public static partial void Inconsistent(ILogger logger, string server, int count, string type, string entries);

    [LoggerMessage(21, LogLevel.Error, "Server {Server}: the sources contradict each other on {Count} entries of {Type}: {Entries}")]
    public static partial void Conflicting(ILogger logger, string server, int count, string type, string entries);

    [LoggerMessage(22, LogLevel.Warning, "Server {Server}: integrity constraints leave out {Count} entries of {Type}: {Entries}")]
    public static partial void IntegrityFiltered(ILogger logger, string server, int count, string type, string entries);

    [LoggerMessage(23, LogLevel.Debug, "Server {Server}: merge constraints leave out {Count} entries of {Type}: {Entries}")]
    public static partial void MergeFiltered(ILogger logger, string server, int count, string type, string entries);

    [LoggerMessage(24, LogLevel.Warning, "Server {Server} holds removals back until they are approved: {Removals}")]
    public static partial void RemovalsHeld(ILogger logger, string server, string removals);

    [LoggerMessage(25, LogLevel.Information, "Server {Server}: {Decision} the removal of {Count} entries of {Type} ({Digest}), by {Actor}: {Reason}")]
    public static partial void RemovalsDecided(
        ILogger logger, string server, string decision, int count, string type, string digest, string actor, string reason);

    [LoggerMessage(26, LogLevel.Warning, "Server {Server}: a write-back of {Type} to {Source} is dropped, since the data model no longer has it")]
    public static partial void WriteBackDropped(ILogger logger, string server, string type, string source);

    [LoggerMessage(27, LogLevel.Warning, "Server {Server} sends everything again, since it does not know what clients know. {Reason}")]
    public static partial void ResyncDue(ILogger logger, string server, string reason);

    [LoggerMessage(
        28, LogLevel.Information, "Server {Server}: {Decision} the removal of {Attribute} from {Count} entries of {Type} ({Digest}), by {Actor}: {Reason}")]
    public static partial void AttributeDecided(
        ILogger logger, string server, string decision, string attribute, int count, string type, string digest, string actor, string reason);

    [LoggerMessage(30, LogLevel.Error, "Server {Server} failed and tries again later: {Problem}")]
    public static partial void Failed(ILogger logger, string server, string problem, Exception exception);

    [LoggerMessage(31, LogLevel.Information, "Server {Server} works again")]
    public static partial void Recovered(ILogger logger, string server);

    [LoggerMessage(32, LogLevel.Warning, "Server {Server} lost its state to another process, or may have: it stops its work and waits for its turn")]
    public static partial void LostState(ILogger logger, string server, Exception exception);

    [LoggerMessage(33, LogLevel.Critical, "Server {Server} cannot go on and stopped: {Problem}")]
    public static partial void FailedForGood(ILogger logger, string server, string problem, Exception exception);
}
