using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>
/// One comparison of the target with the entries of a type. The objects come in the order in which the target tells them, and their entries are found by link; which
/// entries were met is all that is kept in memory, a bit for each.
/// </summary>
internal sealed class ComparisonRun(ComparisonDesk desk, IReadableTarget target, BoundType type, TimeProvider time) : IDisposable
{
    private const int BatchSize = 200;

    private readonly EntryTable _entries = EntryTable.Local(type.Name);
    private readonly CandidateTable _candidates = new(type, target);
    private readonly EntryProbe _probe = new(desk, target, type);
    private readonly HeldReferences _references = new(type);
    private readonly ReportDraft _draft = new(time);
    private readonly NumberSet _seen = new();
    private readonly Pace _pace = new(type.Type.Drift.Rate, time);

    public async Task<ComparisonReport> RunAsync(CancellationToken cancellationToken)
    {
        await desk.ClearAsync(EntryTable.Report(type.Name), cancellationToken);
        await desk.ClearAsync(_candidates.Table, cancellationToken);
        await desk.AskAsync(work => PutAsync(work, _draft.Begun(type.Name)), cancellationToken);
        await desk.EachPageAsync(_entries, TakeUnlinkedAsync, cancellationToken);
        await ReadObjectsAsync(cancellationToken);
        for (var way = 0; way < _candidates.Ways; way++)
            await SettleCandidatesAsync(way, cancellationToken);
        await FindMissingAsync(cancellationToken);
        await desk.ClearAsync(_candidates.Table, cancellationToken);
        var report = _draft.Complete(type.Name);
        await desk.AskAsync(work => PutAsync(work, report), cancellationToken);
        return report;
    }

    public void Dispose() => _draft.Dispose();

    private static bool IsExpected(StoredEntry entry) => (entry.Applied ?? entry.Expected) is { IsTrashed: false };

    private async ValueTask PutAsync(ClientWork work, ComparisonReport report)
    {
        new ReportTable(work.Session, type.Name).Put(report);
        work.Loop!.Report.DriftChanged();
        await work.Session.CommitAsync();
    }

    private void Add(
        ClientWork work, FindingKind kind, EntryKey? key, string? link, string? name, IReadOnlyList<AttributeFinding>? attributes = null, bool isTrashed = false) =>
        new ReportTable(work.Session, type.Name).Put(_draft.Add(kind, key, link, name, [.. attributes ?? []], isTrashed));

    private void AddUnmanaged(ClientWork work, string link, string name, bool isTrashed)
    {
        if (type.Type.Drift.Unmanaged != UnmanagedPolicy.Ignore)
            Add(work, FindingKind.Unmanaged, null, link, name, isTrashed: isTrashed);
    }

    private ValueTask TakeUnlinkedAsync(ClientWork work, IReadOnlyList<NumberedEntry> page)
    {
        _draft.Entries += page.Count(row => IsExpected(row.Entry));
        return _candidates.AddAsync(work.Session, [.. page.Where(row => row.Entry.Link is null && IsExpected(row.Entry))]);
    }

    private async Task ReadObjectsAsync(CancellationToken cancellationToken)
    {
        var also = type.Type.Correlation.Select(rule => rule.Attribute).Distinct(StringComparer.Ordinal).ToArray();
        await foreach (var batch in target.ReadAsync(type.Name, also, cancellationToken).Chunk(BatchSize).WithCancellation(cancellationToken))
        {
            await _pace.WaitAsync(batch.Length, cancellationToken);
            _draft.Objects += batch.Length;
            var different = await desk.AskAsync(work => CompareAsync(work, batch), cancellationToken);
            await _probe.RunAsync([.. different.Select(key => (key, (string?)null))], ReportDifferenceAsync, cancellationToken);
        }
    }

    // What differs may have changed since it was read: it is looked at again.
    private async ValueTask<List<EntryKey>> CompareAsync(ClientWork work, TargetObject[] batch)
    {
        var owners = (await work.Session.Written.FindLinkedAsync([.. batch.Select(held => held.Link).Distinct(StringComparer.Ordinal)]))
            .ToDictionary(owner => owner.Row.Entry.Link!, StringComparer.Ordinal);
        List<EntryKey> different = [];
        List<TargetObject> unowned = [];
        foreach (var held in (await _references.ResolveAsync(work.Session, batch)).OfType<TargetObject>())
        {
            if (!owners.TryGetValue(held.Link, out var owner))
            {
                unowned.Add(held);
                continue;
            }

            var entry = owner.Row.Entry;

            // An object that moves meanwhile may be told twice.
            if (owner.Table != _entries || _seen.Contains(owner.Row.Number))
                continue;
            _seen.Add(owner.Row.Number);
            if (entry.Applied is { IsTrashed: false } given && (held.IsTrashed || !Differences.Between(target, type, given.Entry, held).IsEmpty))
                different.Add(entry.Key);
        }

        foreach (var held in (await _candidates.MatchAsync(work.Session, unowned)).Where(held => !held.IsProtected))
            AddUnmanaged(work, held.Link, held.Name, held.IsTrashed);
        return different;
    }

    private ValueTask ReportDifferenceAsync(ClientWork work, StoredEntry entry, TargetObject? held)
    {
        if (entry.Applied is not { IsTrashed: false } given)
            return ValueTask.CompletedTask;
        if (held is null)
            Add(work, FindingKind.Missing, entry.Key, entry.Link, null);
        else if (Differences.Between(target, type, given.Entry, held) is var attributes && (held.IsTrashed || !attributes.IsEmpty))
            Add(work, FindingKind.Differs, entry.Key, held.Link, held.Name, attributes, held.IsTrashed);
        return ValueTask.CompletedTask;
    }

    private Task SettleCandidatesAsync(int way, CancellationToken cancellationToken) => desk.EachPageAsync(
        _candidates.Table,
        (work, page) =>
        {
            var single = new List<(EntryKey Key, string? Link)>();
            foreach (var found in CandidateTable.Matched(page, way))
                Settle(work, found, single);
            return ValueTask.FromResult(single);
        },
        single => _probe.RunAsync(single, ReportLinkAsync, cancellationToken),
        cancellationToken);

    // Objects that match entries whose own were told by a stronger rule are nobody's.
    private void Settle(ClientWork work, CandidateTable.Candidate found, List<(EntryKey Key, string? Link)> single)
    {
        var left = found.Entries.Where(entry => !_seen.Contains(entry.Number)).ToArray();
        foreach (var (number, _) in left)
            _seen.Add(number);
        if (left.Length == 0)
        {
            foreach (var (link, name) in found.Objects)
                AddUnmanaged(work, link, name, isTrashed: false);
        }
        else if (left.Length == 1 && found.Entries.Count == 1 && found.Objects.Count == 1)
        {
            single.Add((left[0].Key, found.Objects[0].Link));
        }
        else
        {
            foreach (var (_, key) in left)
                Add(work, FindingKind.Ambiguous, key, null, string.Join("; ", found.Objects.Select(held => held.Name)));
        }
    }

    private ValueTask ReportLinkAsync(ClientWork work, StoredEntry entry, TargetObject? held)
    {
        if (entry.Link is not null || (entry.Applied ?? entry.Expected) is not { IsTrashed: false } given)
            return ValueTask.CompletedTask;
        if (held is null)
            Add(work, entry.Applied is null ? FindingKind.ToAdd : FindingKind.Missing, entry.Key, null, null);
        else
            Add(work, FindingKind.ToLink, entry.Key, held.Link, held.Name, Differences.Between(target, type, given.Entry, held), held.IsTrashed);
        return ValueTask.CompletedTask;
    }

    private Task FindMissingAsync(CancellationToken cancellationToken) => desk.EachPageAsync(
        _entries,
        (work, page) =>
        {
            var missing = new List<(EntryKey Key, string? Link)>();
            foreach (var (number, entry) in page)
            {
                if (_seen.Contains(number) || !IsExpected(entry))
                    continue;
                if (entry.Applied is null)
                    Add(work, FindingKind.ToAdd, entry.Key, null, null);
                else
                    missing.Add((entry.Key, null));
            }

            return ValueTask.FromResult(missing);
        },
        missing => _probe.RunAsync(missing, ReportDifferenceAsync, cancellationToken),
        cancellationToken);
}

/// <summary>Keeps to so many objects a second.</summary>
internal sealed class Pace(int rate, TimeProvider time)
{
    private readonly long _start = time.GetTimestamp();
    private long _count;

    /// <summary>Waits until so many more may follow; a rate of 0 knows no limit.</summary>
    public async Task WaitAsync(int count, CancellationToken cancellationToken)
    {
        if (rate > 0 && TimeSpan.FromSeconds((double)_count / rate) - time.GetElapsedTime(_start) is var early && early > TimeSpan.Zero)
            await Task.Delay(early, time, cancellationToken);
        _count += count;
    }
}

/// <summary>A set of places in the order of entries: a bit for each, in blocks, so that gaps cost nothing.</summary>
internal sealed class NumberSet
{
    private const int BlockSize = 1 << 15;

    private readonly Dictionary<long, ulong[]> _blocks = [];

    public void Add(long number)
    {
        var (block, bit) = Math.DivRem(number, BlockSize);
        if (!_blocks.TryGetValue(block, out var bits))
            _blocks[block] = bits = new ulong[BlockSize / 64];
        bits[bit / 64] |= 1UL << (int)(bit % 64);
    }

    public bool Contains(long number)
    {
        var (block, bit) = Math.DivRem(number, BlockSize);
        return _blocks.TryGetValue(block, out var bits) && (bits[bit / 64] & (1UL << (int)(bit % 64))) != 0;
    }
}
