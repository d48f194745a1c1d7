using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Events;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.WriteBack;

namespace Hermes.ServerRuntime.Staging;

/// <summary>
/// Stages what a poll finds: the new cache, the events and the write-backs. Removals are only gathered; see <see cref="StageRemovals"/>.
/// </summary>
internal sealed class StagingSink(ServerModel model, KnownEntries known, IStateDraft draft) : IChangeSink
{
    private readonly EventOrder _order = new(model);
    private readonly FetchedEntries _fetched = new(known, model);
    private readonly Dictionary<long, HermesEvent> _withSecrets = [];
    private readonly List<PendingRemoval> _removals = [];
    private readonly HashSet<DataType> _changed = [];

    /// <summary>The removals that the poll found, in the order in which the entries came once.</summary>
    public IReadOnlyList<PendingRemoval> Removals => [.. _removals.OrderBy(removal => removal.Id)];

    /// <summary>The events that carry secret values, by the tag of their staged form, which does not.</summary>
    public IReadOnlyDictionary<long, HermesEvent> WithSecrets => _withSecrets;

    public long Added(in AddedEntry entry)
    {
        var type = entry.Type;
        var row = new StoredRow(entry.KeyHash, entry.Fingerprint, entry.Content.ToArray());
        var @event = new AddedEvent(type.Name, entry.Key, entry.Attributes, EventCategory.Base);
        var staged = StagedEvents.Of(@event, _order.Added(type)) with
        {
            WriteBack = WriteBackPlanner.WantsOne(type) ? WriteBackPlanner.PlanOne(type, Entry.Empty, entry.Fetched) : null,
        };
        if (entry.Secrets is { Count: > 0 } secrets)
            staged = Tag(staged, @event with { Attributes = Merge(entry.Attributes, secrets) });
        Changed(type, entry.KeyHash, row.Content);
        return draft.Insert(type.Name, row, staged);
    }

    public void Modified(in ModifiedEntry entry)
    {
        var type = entry.Type;
        var row = new StoredRow(entry.KeyHash, entry.Fingerprint, entry.Content.ToArray());
        var removed = entry.Changes.Removed.Concat(entry.SecretChanges.Removed).Order(StringComparer.Ordinal).ToImmutableArray();
        var @event = new ModifiedEvent(type.Name, entry.Key, entry.Changes with { Removed = removed });
        var staged = StagedEvents.Of(@event, _order.Modified(type)) with
        {
            WriteBack = WriteBackPlanner.WantsOne(type) ? WriteBackPlanner.PlanOne(type, (entry.Old ?? Read(type, entry.Id)).All, entry.Fetched) : null,
        };
        if (entry.SecretChanges is { Added.Count: > 0 } or { Modified.Count: > 0 })
        {
            var complete = new AttributeChanges(
                Merge(entry.Changes.Added, entry.SecretChanges.Added), Merge(entry.Changes.Modified, entry.SecretChanges.Modified), removed);
            staged = Tag(staged, @event with { Changes = complete });
        }

        Changed(type, entry.KeyHash, row.Content);
        draft.Update(type.Name, entry.Id, row, staged);
    }

    public void Refreshed(in RefreshedEntry entry)
    {
        var row = new StoredRow(entry.KeyHash, entry.Fingerprint, entry.Content.ToArray());
        _fetched.Set(entry.Type, entry.KeyHash, row.Content);
        draft.Update(entry.Type.Name, entry.Id, row, null);
    }

    public void Removed(in RemovedEntry entry) => _removals.Add(new PendingRemoval(entry.Type, entry.Key, entry.KeyHash, entry.Id));

    public void Withdraw(DataType type, KeyHash keyHash, long id)
    {
        _fetched.Forget(type, keyHash);
        draft.Withdraw(type.Name, id);
    }

    /// <summary>Stages the removals that may go out.</summary>
    public void StageRemovals(IEnumerable<PendingRemoval> released)
    {
        foreach (var removal in released)
        {
            var type = removal.Type;
            var staged = StagedEvents.Of(new RemovedEvent(type.Name, removal.Key), _order.Removed(type)) with
            {
                WriteBack = WriteBackPlanner.WantsOne(type) ? WriteBackPlanner.PlanOne(type, Read(type, removal.Id).All, Entry.Empty) : null,
            };
            Changed(type, removal.KeyHash, null);
            draft.Delete(type.Name, removal.Id, staged);
        }
    }

    /// <summary>Stages the write-backs of the types that have events.</summary>
    public void StageWriteBacks()
    {
        foreach (var type in _changed)
        {
            if (WriteBackPlanner.PlanAll(type, () => known.ReadAll(type).Select(content => CachedEntry.Decode(content.Span).All), () => _fetched.Of(type)) is { } plan)
                draft.AppendWriteBack(type.Name, plan);
        }
    }

    private static Entry Merge(Entry attributes, Entry secrets) => secrets.Count == 0 ? attributes : Entry.Create(attributes.Concat(secrets));

    private CachedEntry Read(DataType type, long id) => CachedEntry.Decode(known.Read(type, id).Span);

    private StagedEvent Tag(StagedEvent staged, HermesEvent complete)
    {
        // A secret that cannot be sent must show now: once the event is stored, it would block the outbox.
        StagedEvents.Of(complete, staged.Order);
        var tag = _withSecrets.Count + 1;
        _withSecrets.Add(tag, complete);
        return staged with { Tag = tag };
    }

    private void Changed(DataType type, KeyHash keyHash, byte[]? content)
    {
        _changed.Add(type);
        _fetched.Set(type, keyHash, content);
    }
}
