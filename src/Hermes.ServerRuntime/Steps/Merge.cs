using System.Runtime.CompilerServices;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Makes one entry of the rows that have the same key. Those of a type with several sources are held here, and merged when the last is read;
/// all others pass through.
/// </summary>
internal sealed class Merge(ServerSession session) : IPollStep
{
    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Entries = MergeAsync(poll.Poll, poll.Entries, cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<EntryBatch> MergeAsync(
        Poll poll, IAsyncEnumerable<EntryBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches)
        {
            switch (poll[batch.Type])
            {
                case StreamedType streamed:
                    streamed.Locate(batch);
                    yield return batch;
                    break;
                case CollectedType collected:
                    collected.Take(batch);
                    if (batch.IsLast && batch.Source!.Index == batch.Type.Sources.Length - 1)
                        await MergeAsync(collected, cancellationToken);
                    break;
            }
        }
    }

    private async ValueTask MergeAsync(CollectedType type, CancellationToken cancellationToken)
    {
        await session.GiveAsync(type.Kept, cancellationToken);
        type.Merge(cancellationToken);

        // Sources that contradict each other leave their entries to the cached ones.
        await session.GiveAsync(type.Kept, cancellationToken);
    }
}
