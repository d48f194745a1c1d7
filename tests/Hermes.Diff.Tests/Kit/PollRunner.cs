using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.Diff.Tests.Kit;

/// <summary>The steps of a poll one after the other, over a store in memory.</summary>
internal sealed class PollRunner(Poll poll, MemoryState state)
{
    private readonly List<LostAttributes> _watching = [];
    private readonly List<(DataType Type, SetAsideEntry Entry)> _setAside = [];

    /// <summary>The cached entries that were not found.</summary>
    public List<RemovedEntry> Removed { get; } = [];

    /// <summary>The attributes that entries would lose.</summary>
    public List<LostAttribute> Lost { get; } = [];

    /// <summary>What was set aside.</summary>
    public IReadOnlyList<byte[]> SetAside => [.. _setAside.Select(item => item.Entry.Values)];

    /// <summary>Sets entries aside that would lose attributes of these names.</summary>
    public void Watch(Func<string, bool> attributes)
    {
        foreach (var type in poll.Sources.Select(source => source.Type).Distinct())
            _watching.Add(poll[type].Changes.Comparison.Watch([.. type.SentAttributes.Where(attributes).Select(type.IndexOf)]));
    }

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
    /// <param name="holds">Whether an attribute stays that entries would lose.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public void Finish(Func<LostAttribute, bool> holds, CancellationToken cancellationToken)
    {
        poll.JudgeCollected(cancellationToken);
        foreach (var batch in poll.Collected.SelectMany(type => type.Release(cancellationToken)))
            Compare(batch);
        TakeUp(holds);
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

    private void TakeUp(Func<LostAttribute, bool> holds)
    {
        Lost.AddRange(_watching.SelectMany(type => type.Found));
        foreach (var lost in _watching)
        {
            poll[lost.Type].Changes.Comparison.WatchNoMore();
            var held = Lost.Where(attribute => attribute.Type == lost.Type && holds(attribute)).Select(attribute => attribute.Attribute).ToList();
            foreach (var batch in lost.TakeUp(_setAside.Where(item => item.Type == lost.Type).Select(item => item.Entry), (attribute, _) => held.Contains(attribute)))
                Compare(batch);
        }
    }

    private void Compare(EntryBatch batch)
    {
        var comparison = poll[batch.Type].Changes.Comparison;
        state.Give(comparison.Compare(batch));
        foreach (var change in comparison.Complete())
            state.Take(change);
        _setAside.AddRange(comparison.SetAside.Select(entry => (batch.Type, entry)));
    }
}
