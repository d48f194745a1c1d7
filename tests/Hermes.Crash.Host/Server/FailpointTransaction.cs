using Hermes.Crash.Host.Failpoints;
using Hermes.ServerRuntime.State;

namespace Hermes.Crash.Host.Server;

internal sealed class FailpointTransaction(IServerStateTransaction inner) : IServerStateTransaction
{
    public ValueTask AppendEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) =>
        After(inner.AppendEntriesAsync(type, entries, cancellationToken), ServerFailpoints.AppendEntries);

    public ValueTask ReplaceEntriesAsync(string type, IReadOnlyList<StoredRow> entries, CancellationToken cancellationToken) =>
        After(inner.ReplaceEntriesAsync(type, entries, cancellationToken), ServerFailpoints.ReplaceEntries);

    public ValueTask DeleteEntriesAsync(string type, IReadOnlyList<long> ids, CancellationToken cancellationToken) =>
        After(inner.DeleteEntriesAsync(type, ids, cancellationToken), ServerFailpoints.DeleteEntries);

    public ValueTask DropTypeAsync(string type, CancellationToken cancellationToken) => inner.DropTypeAsync(type, cancellationToken);

    public ValueTask StartAnewAsync(long writeBacksAfter, CancellationToken cancellationToken) => inner.StartAnewAsync(writeBacksAfter, cancellationToken);

    public ValueTask AppendEventsAsync(IReadOnlyList<OutboxEvent> events, CancellationToken cancellationToken) =>
        After(inner.AppendEventsAsync(events, cancellationToken), ServerFailpoints.AppendEvents);

    public ValueTask AppendWriteBacksAsync(IReadOnlyList<StoredWriteBack> writeBacks, CancellationToken cancellationToken) =>
        After(inner.AppendWriteBacksAsync(writeBacks, cancellationToken), ServerFailpoints.AppendWriteBacks);

    public ValueTask WriteDocumentAsync(string name, byte[] content, CancellationToken cancellationToken) =>
        inner.WriteDocumentAsync(name, content, cancellationToken);

    public async ValueTask CommitAsync(ServerStateHeader header, CancellationToken cancellationToken)
    {
        Failpoint.Hit(ServerFailpoints.BeforeCommit);
        await inner.CommitAsync(header, cancellationToken);
        Failpoint.Hit(ServerFailpoints.AfterCommit);
    }

    public ValueTask DisposeAsync() => inner.DisposeAsync();

    private static async ValueTask After(ValueTask write, string failpoint)
    {
        await write;
        Failpoint.Hit(failpoint);
    }
}
