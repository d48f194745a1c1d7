using System.Runtime.CompilerServices;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Turns rows into values of the types' attributes. Cached entries that a mapping reads are read in one call per batch.</summary>
internal sealed class Map(ServerSession session) : IPollStep
{
    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Entries = MapAsync(poll.Poll, poll.Rows, cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<EntryBatch> MapAsync(
        Poll poll, IAsyncEnumerable<RowBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches)
        {
            var mapping = poll[batch.Source.Type].MappingOf(batch.Source);
            var left = batch.Rows;
            do
            {
                var rows = left[..Math.Min(left.Length, mapping.Capacity)];
                left = left[rows.Length..];
                var cached = mapping.MapKeys(rows.Span);
                await session.GiveAsync(cached, cancellationToken);
                var entries = mapping.MapOthers(rows.Span);
                entries.IsLast = batch.IsLast && left.IsEmpty;
                yield return entries;
            }
            while (!left.IsEmpty);
        }
    }
}
