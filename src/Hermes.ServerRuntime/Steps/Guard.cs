using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Guard;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Holds removals back when they are too many to be believed; lets all else pass.</summary>
internal sealed class Guard(RemovalGuard guard) : IPollStep
{
    private const int BatchSize = 256;

    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Changes = JudgeAsync(poll, poll.Changes);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<ChangeBatch> JudgeAsync(PollContext poll, IAsyncEnumerable<ChangeBatch> batches)
    {
        var removals = new List<RemovedEntry>();
        await foreach (var batch in batches)
        {
            if (batch.Changes[0] is RemovedEntry)
                removals.AddRange(batch.Changes.Cast<RemovedEntry>());
            else
                yield return batch;
        }

        poll.Verdict = guard.Judge([.. removals.OrderBy(removal => removal.Id)], poll.Poll) with { Attributes = poll.Verdict.Attributes };
        foreach (var type in poll.Verdict.Released.GroupBy(removal => removal.Type))
        {
            foreach (var batch in type.Chunk(BatchSize))
                yield return new ChangeBatch(type.Key, batch);
        }
    }
}
