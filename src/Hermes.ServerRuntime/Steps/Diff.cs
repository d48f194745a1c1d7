using System.Runtime.CompilerServices;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Compares the entries with the cached ones, by fingerprint; the content of those that differ is read in one call per batch. Those that lose an attribute are set aside
/// until it is known how many do, and compared again then, with the cached values where those stay. What is cached and was not found comes last, the types in reverse order.
/// </summary>
internal sealed class Diff(ServerSettings settings, ServerSession session) : IPollStep
{
    private readonly AttributeGuard _guard = new(settings, session);

    public ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        poll.Changes = CompareAsync(poll, poll.Entries, cancellationToken);
        return ValueTask.CompletedTask;
    }

    private async IAsyncEnumerable<ChangeBatch> CompareAsync(
        PollContext context, IAsyncEnumerable<EntryBatch> batches, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var poll = context.Poll;
        using var aside = new PollSpool();
        var lost = _guard.Watch(poll);
        await foreach (var batch in batches.Concat(TakeUp(context, lost, aside).ToAsyncEnumerable()))
        {
            var comparison = poll[batch.Type].Changes.Comparison;
            await session.GiveAsync(comparison.Compare(batch), cancellationToken);
            var changes = comparison.Complete();
            foreach (var entry in comparison.SetAside)
                aside.Add(batch.Type.Index, new SpooledItem(entry.Slot, entry.Values, null));
            if (changes.Count > 0)
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

    // Asked for its first batch when all entries were compared.
    private IEnumerable<EntryBatch> TakeUp(PollContext context, IReadOnlyList<LostAttributes> lost, PollSpool aside)
    {
        var verdict = _guard.Judge(lost.SelectMany(type => type.Found));
        context.Verdict = GuardVerdict.None with { Attributes = verdict };
        foreach (var entries in lost.Where(entries => aside.Places.Contains(entries.Type.Index)))
        {
            context.Poll[entries.Type].Changes.Comparison.WatchNoMore();
            var items = aside.Read(entries.Type.Index).Select(item => new SetAsideEntry((int)item.Id, item.Body));
            foreach (var batch in entries.TakeUp(items, (attribute, key) => verdict.Stays(entries.Type, attribute, key)))
                yield return batch;
        }
    }
}
