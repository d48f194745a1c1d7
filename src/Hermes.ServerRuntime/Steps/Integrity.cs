using System.Runtime.CompilerServices;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Drops the entries for which an integrity constraint is not true. Streamed types are judged while they pass; the others when all types are
/// read, since they may depend on each other, and are given out then.
/// </summary>
internal sealed class Integrity(ServerSession session) : IPollStep
{
    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Entries = JudgeAsync(poll.Poll, poll.Entries, cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<EntryBatch> JudgeAsync(
        Poll poll, IAsyncEnumerable<EntryBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches)
        {
            var type = (StreamedType)poll[batch.Type];
            type.Judge(batch);
            if (batch.IsLast)
            {
                await session.GiveAsync(type.NeededOfKept(), cancellationToken);
                type.JudgeKept(cancellationToken);
            }

            yield return batch;
        }

        poll.JudgeCollected(cancellationToken);
        foreach (var batch in poll.Collected.SelectMany(type => type.Release(cancellationToken)))
            yield return batch;
    }
}
