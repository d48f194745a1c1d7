using Hermes.Diff.Polling;

namespace Hermes.Diff.Tests.Kit;

/// <summary>The steps of a poll one after the other, over a store in memory.</summary>
internal sealed class PollRunner(Poll poll, MemoryState state)
{
    /// <summary>The cached entries that were not found.</summary>
    public List<RemovedEntry> Removed { get; } = [];

    /// <summary>Maps rows, merges, judges and compares them, as far as their type lets it.</summary>
    public void Add(RowBatch rows)
    {
        var mapping = poll[rows.Source.Type].MappingOf(rows.Source);
        state.Give(mapping.MapKeys(rows.Rows.Span));
        var batch = mapping.MapOthers(rows.Rows.Span);
        switch (poll[rows.Source.Type])
        {
            case StreamedType streamed:
                streamed.Locate(batch);
                streamed.Judge(batch);
                if (rows.IsLast)
                {
                    state.Give(streamed.NeededOfKept());
                    streamed.JudgeKept(default);
                }

                Compare(batch);
                break;
            case CollectedType collected:
                collected.Take(batch);
                if (rows.IsLast && rows.Source.Index == rows.Source.Type.Sources.Length - 1)
                {
                    state.Give(collected.Kept);
                    collected.Merge(default);
                    state.Give(collected.Kept);
                }

                break;
        }
    }

    /// <summary>Does all that needs every type.</summary>
    public void Finish(CancellationToken cancellationToken)
    {
        poll.JudgeCollected(cancellationToken);
        foreach (var batch in poll.Collected.SelectMany(type => type.Release(cancellationToken)))
            Compare(batch);
        foreach (var type in poll.Sources.Select(source => source.Type).Distinct().Reverse())
        {
            var removals = poll[type].Changes.Removals;
            while (removals.IsOpen)
            {
                state.Give(removals.Find(cancellationToken));
                foreach (var removed in removals.Complete())
                {
                    Removed.Add(removed);
                    state.Take(removed);
                }
            }
        }
    }

    private void Compare(EntryBatch batch)
    {
        var comparison = poll[batch.Type].Changes.Comparison;
        state.Give(comparison.Compare(batch));
        foreach (var change in comparison.Complete())
            state.Take(change);
    }
}
