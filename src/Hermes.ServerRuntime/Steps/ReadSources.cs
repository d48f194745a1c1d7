using System.Threading.Channels;
using Hermes.Abstractions.Sources;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Diagnostics;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Fetches every source of every type, in order, and hands the rows to the poll, which maps them. Reading runs on one core while mapping
/// and comparing run on
/// another.
/// </summary>
internal sealed class ReadSources(ServerSettings settings, IReadOnlyDictionary<string, IDataSource> sources)
{
    private const int BatchSize = 256;
    private const int BatchesAhead = 8;

    public async Task RunAsync(Poll poll, CancellationToken cancellationToken)
    {
        foreach (var type in settings.Model.Types)
        {
            foreach (var source in type.Sources)
            {
                var operation = poll.Prepare(source);
                await ReadAsync(poll, source, operation, cancellationToken);
                poll.Complete(source, cancellationToken);
            }
        }
    }

    private async Task ReadAsync(Poll poll, TypeSource source, SourceOperation operation, CancellationToken cancellationToken)
    {
        using var activity = HermesDiagnostics.Activities.StartActivity("hermes.server.fetch");
        activity?.SetTag("hermes.type", source.Type.Name)?.SetTag("hermes.source", source.DataSource);
        var channel = Channel.CreateBounded<SourceRow[]>(new BoundedChannelOptions(BatchesAhead) { SingleReader = true, SingleWriter = true });
        using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var reading = Task.Run(() => ProduceAsync(sources[source.DataSource], operation, channel.Writer, stop.Token), CancellationToken.None);
        var rows = 0L;
        try
        {
            // Not with the token: when the read ends with an error, that error is to be seen, and it ends when it is cancelled.
            await foreach (var batch in channel.Reader.ReadAllAsync(CancellationToken.None))
            {
                foreach (var row in batch)
                    poll.Add(source, row);
                rows += batch.Length;
            }
        }
        catch (SourceException exception)
        {
            throw new SourceException($"Reading {source.Type.Name} from data source '{source.DataSource}' failed: {exception.Message}", exception.Fault, exception);
        }
        finally
        {
            await stop.CancelAsync();
            await reading;
            HermesDiagnostics.RowsRead.Add(rows, HermesDiagnostics.Of(settings.Name, source.Type.Name));
        }

        cancellationToken.ThrowIfCancellationRequested();
    }

    private static async Task ProduceAsync(IDataSource source, SourceOperation operation, ChannelWriter<SourceRow[]> output, CancellationToken cancellationToken)
    {
        try
        {
            var batch = new List<SourceRow>(BatchSize);
            await foreach (var row in source.FetchAsync(operation, cancellationToken).WithCancellation(cancellationToken))
            {
                batch.Add(row);
                if (batch.Count == BatchSize)
                {
                    await output.WriteAsync([.. batch], cancellationToken);
                    batch.Clear();
                }
            }

            if (batch.Count > 0)
                await output.WriteAsync([.. batch], cancellationToken);
            output.Complete();
        }
        catch (Exception exception)
        {
            // The consumer rethrows it.
            output.Complete(exception);
        }
    }
}
