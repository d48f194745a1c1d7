using Hermes.Abstractions.Sources;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Logging;
using Polly;

namespace Hermes.ServerRuntime.WriteBack;

/// <summary>
/// Executes the write-backs whose events are on the bus, in order. One that fails is tried again before anything else is done.
/// </summary>
internal sealed class WriteBackRunner(
    string server, ServerSession session, IReadOnlyDictionary<string, IDataSource> sources, ResiliencePipeline resilience, ILogger logger)
{
    private const int BatchSize = 100;

    public async Task RunDueAsync(CancellationToken cancellationToken)
    {
        while (await session.State.ReadDueWriteBacksAsync(BatchSize, cancellationToken) is { Count: > 0 } due)
        {
            var done = new List<long>(due.Count);
            try
            {
                foreach (var item in due)
                {
                    await RunAsync(item, cancellationToken);
                    done.Add(item.Number);
                }
            }
            finally
            {
                // What was done is done, also when the server is to stop.
                await session.State.RemoveWriteBacksAsync(done, CancellationToken.None);
            }
        }
    }

    private async Task RunAsync(DueWriteBack due, CancellationToken cancellationToken)
    {
        foreach (var planned in PlannedWriteBack.Decode(due.Body))
        {
            if (sources.GetValueOrDefault(planned.Source) is not IWritableSource source)
            {
                Log.WriteBackDropped(logger, server, planned.Type, planned.Source);
                continue;
            }

            try
            {
                await resilience.ExecuteAsync(async token => await source.ExecuteAsync(planned.Operation, token), cancellationToken);
            }
            catch (SourceException exception)
            {
                throw new SourceException($"Writing back {planned.Type} to data source '{planned.Source}' failed: {exception.Message}", exception.Fault, exception);
            }
        }
    }
}
