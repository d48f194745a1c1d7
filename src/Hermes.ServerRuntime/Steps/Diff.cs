using System.Runtime.CompilerServices;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Compares the entries with the cached ones, by fingerprint; the content of those that differ is read in one call per batch. What is cached
/// and was not found comes last, the types in reverse order.
/// </summary>
internal sealed class Diff(ServerSettings settings, ServerSession session) : IPollStep
{
    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Changes = CompareAsync(poll.Poll, poll.Entries, cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<ChangeBatch> CompareAsync(
        Poll poll, IAsyncEnumerable<EntryBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await foreach (var batch in batches)
        {
            var comparison = poll[batch.Type].Changes.Comparison;
            await session.GiveAsync(comparison.Compare(batch), cancellationToken);
            if (comparison.Complete() is { Count: > 0 } changes)
                yield return new ChangeBatch(batch.Type, changes);
        }

        foreach (var type in settings.Model.Types.Reverse())
        {
            var removals = poll[type].Changes.Removals;
            while (removals.IsOpen)
            {
                await session.GiveAsync(removals.Find(cancellationToken), cancellationToken);
                if (removals.Complete() is { Count: > 0 } removed)
                    yield return new ChangeBatch(type, removed);
            }
        }
    }
}
