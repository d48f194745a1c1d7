using System.Runtime.CompilerServices;
using Hermes.Abstractions.Buses;

namespace Hermes.Sqlite.Bus;

/// <summary>Reads messages from the file and waits for new ones.</summary>
internal sealed class SqliteBusConsumer(SqliteBusOptions options, SqliteBusSignal signal, TimeProvider time) : IMessageBusConsumer
{
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

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task WaitAsync(Task written, CancellationToken cancellationToken)
    {
        using var done = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        await Task.WhenAny(written, Task.Delay(options.PollInterval, time, done.Token));
        await done.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();
    }
}
