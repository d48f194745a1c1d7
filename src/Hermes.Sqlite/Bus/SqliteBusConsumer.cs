using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.Sqlite.Bus;

/// <summary>Reads messages from the file and waits for new ones.</summary>
internal sealed class SqliteBusConsumer(SqliteBusOptions options, SqliteBusSignal signal, TimeProvider time) : IMessageBusConsumer
{
    private const long MessagesPerSearch = 20_000;

    public ValueTask<BusOffset?> GetLastOffsetAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = new SqliteBusReader(options.Path);
        return new(reader.Last());
    }

    public ValueTask<string?> GetIncarnationAsync(CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        using var reader = new SqliteBusReader(options.Path);
        return new(reader.Incarnation());
    }

    public async IAsyncEnumerable<ReceivedMessage> ReadAsync(BusPosition start, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new SqliteBusReader(options.Path);
        if (start.Offset is { } wanted)
            reader.CheckNotBeyondEnd(wanted);
        for (var next = start.Offset; ;)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var written = signal.Next(options.Path);
            var portion = reader.Read(next);
            foreach (var message in portion)
            {
                cancellationToken.ThrowIfCancellationRequested();
                yield return message;
                next = message.Offset.Next;
            }

            if (portion.Count == 0)
                await WaitAsync(written, cancellationToken);
        }
    }

    public async IAsyncEnumerable<ReceivedMessage> SearchAsync(
        ReadOnlyMemory<byte> part, BusOffset last, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var reader = new SqliteBusReader(options.Path);
        var bytes = part.ToArray();
        for (var next = reader.First()?.Value; next <= last.Value; next += MessagesPerSearch)
        {
            cancellationToken.ThrowIfCancellationRequested();
            foreach (var message in reader.Search(bytes, next.Value, Math.Min(next.Value + MessagesPerSearch - 1, last.Value)))
                yield return message;
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WaitAsync(Task written, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(written, Task.Delay(options.PollInterval, time, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
