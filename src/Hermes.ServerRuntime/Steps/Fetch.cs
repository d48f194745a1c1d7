using System.Runtime.CompilerServices;
using System.Threading.Channels;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Diff.Templates;
using Hermes.ServerRuntime.Diagnostics;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Reads every source of every type, in order. Reading runs on one core, some batches ahead, while the later steps run on another. A source is
/// asked when all rows before its own have passed the later steps, since its operation may read what became of them.
/// </summary>
internal sealed class Fetch(ServerServices server) : IPollStep
{
    private const int BatchesAhead = 8;

    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Rows = ReadAllAsync(poll.Poll, cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<RowBatch> ReadAllAsync(Poll poll, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var source in poll.Sources)
        {
            var operation = poll.Prepare(source, await CachedForAsync(source, cancellationToken));
            await foreach (var batch in ReadAsync(source, operation, cancellationToken))
                yield return batch;
        }
    }

    private async ValueTask<IReadOnlyList<byte[]>> CachedForAsync(TypeSource source, CancellationToken cancellationToken)
    {
        var contents = new List<byte[]>();
        if (source.Fetch.Uses.Contains(TemplateVariables.CachedValues))
        {
            await foreach (var entries in server.Session.State.ReadEntriesAsync(source.Type.Name, cancellationToken))
                contents.AddRange(entries.Select(entry => entry.Content));
        }

        return contents;
    }

    private async IAsyncEnumerable<RowBatch> ReadAsync(
        TypeSource source, SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var activity = ServerTelemetry.Activities.StartActivity("hermes.server.fetch");
        activity?.SetTag("hermes.type", source.Type.Name)?.SetTag("hermes.source", source.DataSource);
        var channel = Channel.CreateBounded<SourceRow[]>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ProduceAsync(source, operation, channel.Writer, stop.Token), CancellationToken.None);
        var rows = 0L;
        try
        {
            // Not with the token: when the read ends with an error, that error is to be seen, and it ends when it is cancelled.
            while (await WaitAsync(channel.Reader, cancellationToken))
            {
                while (channel.Reader.TryRead(out var batch))
                {
                    rows += batch.Length;
                    yield return new RowBatch(source, batch, IsLast: false);
                    await server.Desk.ServeAsync(cancellationToken);
                }
            }
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
            ServerTelemetry.RowsRead.Add(rows, ServerTelemetry.Of(server.Settings.Name, source.Type.Name));
        }

        cancellationToken.ThrowIfCancellationRequested();
        yield return new RowBatch(source, ReadOnlyMemory<SourceRow>.Empty, IsLast: true);
    }

    // While a source takes its time, those who look are answered.
    private async ValueTask<bool> WaitAsync(ChannelReader<SourceRow[]> reader, CancellationToken cancellationToken)
    {
        var ready = reader.WaitToReadAsync(CancellationToken.None).AsTask();
        while (!ready.IsCompleted)
        {
            var look = server.Desk.NextArrival;
            await server.Desk.ServeAsync(cancellationToken);
            await Task.WhenAny(ready, look);
        }

        return await ready;
    }

    private async Task ProduceAsync(TypeSource source, SourceOperation operation, ChannelWriter<SourceRow[]> output, CancellationToken cancellationToken)
    {
        try
        {
            var (rows, batch) = (0L, new List<SourceRow>(EntryBatch.Most));
            await foreach (var row in server.Sources[source.DataSource].FetchAsync(operation, cancellationToken).WithCancellation(cancellationToken))
            {
                rows++;
                batch.Add(row);
                if (batch.Count == EntryBatch.Most)
                {
                    await output.WriteAsync([.. batch], cancellationToken);
                    batch.Clear();
                }
            }

            if (batch.Count > 0)
                await output.WriteAsync([.. batch], cancellationToken);
            if (rows < source.ExpectAtLeast)
                throw TooFew(source, rows);
            output.Complete();
        }
        catch (Exception exception)
        {
            // The consumer rethrows it.
            output.Complete(exception is SourceException { Fault: var fault }
                ? new SourceException($"Reading {source.Type.Name} from data source '{source.DataSource}' failed: {exception.Message}", fault, exception)
                : exception);
        }
    }

    // It may be right after all: then somebody has to say so.
    private static SourceException TooFew(TypeSource source, long rows) => new(
        $"it gave {rows} rows, and at least {source.ExpectAtLeast} are expected. Nothing of this read is used. Look whether a right, a filter or the query has changed; "
        + $"if so few are right, lower ExpectAtLeast of the source '{source.Name}'.",
        FaultKind.Transient);
}
