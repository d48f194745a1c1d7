using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;
using Hermes.PostgreSql.Database;

namespace Hermes.PostgreSql.Bus;

/// <summary>Reads messages and waits for new ones. Every reading has a connection of its own, so that a new one after a failure starts clean.</summary>
internal sealed class PostgreSqlBusConsumer(PostgreSqlBusOptions options) : IMessageBusConsumer
{
    private const long MessagesPerSearch = 20_000;

    private readonly PostgreSqlDatabase _database = BusTables.Database(options);

    public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken) => AskAsync(reader => reader.LastAsync(cancellationToken), cancellationToken);

    public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken) => AskAsync(reader => reader.IncarnationAsync(cancellationToken), cancellationToken);

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(cancellationToken);

        // Before the first look, so that nothing is sent unnoticed between a look and the wait after it.
        await GuardedAsync(() => reader.ListenAsync(cancellationToken), cancellationToken);
        if (start.Offset is { } wanted)
            await GuardedAsync(() => reader.CheckNotBeyondEndAsync(wanted, cancellationToken), cancellationToken);
        for (var next = start.Offset; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var from = next;
            var portion = await GuardedAsync(() => reader.ReadAsync(from, cancellationToken), cancellationToken);
            foreach (var message in portion)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
                next = message.Offset.Next;
            }

            if (portion.Count == 0)
                await GuardedAsync(() => reader.WaitAsync(options.PollInterval, cancellationToken), cancellationToken);
        }
    }

    public async IAsyncEnumerable<ReceivedMessage> SearchAsync(
        ReadOnlyMemory<byte> part, BusOffset last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(cancellationToken);
        var bytes = part.ToArray();
        var first = await GuardedAsync(() => reader.FirstAsync(cancellationToken), cancellationToken);
        for (var next = first?.Value; next <= last.Value; next += MessagesPerSearch)
        {
            var (from, to) = (next.Value, Math.Min(next.Value + MessagesPerSearch - 1, last.Value));
            foreach (var message in await GuardedAsync(() => reader.SearchAsync(bytes, from, to, cancellationToken), cancellationToken))
                yield return message;
        }
    }

    public ValueTask DisposeAsync() => _database.DisposeAsync();

    private async ValueTask<T> AskAsync<T>(Func<PostgreSqlBusReader, Task<T>> ask, CancellationToken cancellationToken)
    {
        await using var reader = await OpenAsync(cancellationToken);
        return await GuardedAsync(() => ask(reader), cancellationToken);
    }

    private Task<PostgreSqlBusReader> OpenAsync(CancellationToken cancellationToken) => GuardedAsync(
        async () =>
        {
            await DatabaseSetup.EnsureAsync(_database, BusTables.Format, options.CreateSchema, cancellationToken);
            return new PostgreSqlBusReader(_database, await _database.OpenAsync(cancellationToken));
        },
        cancellationToken);

    private async Task<T> GuardedAsync<T>(Func<Task<T>> ask, CancellationToken cancellationToken)
    {
        try
        {
            return await ask();
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            _database.ForgetIdle();
            cancellationToken.ThrowIfCancellationRequested();
            throw BusTables.Failure(exception, _database);
        }
    }
}
