using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.WriteBack;

namespace Hermes.ServerRuntime.Staging;

/// <summary>
/// Makes the events of a poll, with what to write back after each. They wait in a spool until all are known, and are numbered then. Secret
/// values wait in memory only.
/// </summary>
internal sealed class PollEvents(ServerModel model, PollSpool spool)
{
    private readonly EventOrder _order = new(model);
    private readonly Dictionary<int, (DataType Type, string Category, string Kind)> _places = [];
    private readonly Dictionary<(int Place, long Id), HermesEvent> _withSecrets = [];

    /// <summary>The events that carry secret values, with the numbers that they got; in the outbox they lack them.</summary>
    public List<(long Sequence, HermesEvent Complete)> WithSecrets { get; } = [];

    public void Add(AddedEntry entry)
    {
        var type = entry.Type;
        var @event = new AddedEvent(type.Name, entry.Key, entry.Attributes, EventCategory.Base);
        var writeBack = WriteBackPlanner.WantsOne(type) ? WriteBackPlanner.PlanOne(type, Entry.Empty, entry.Values.Fetched) : null;
        Add(_order.Added(type), entry, @event, writeBack);
        if (entry.Secrets is { Count: > 0 } secrets)
            AddComplete(_order.Added(type), entry, @event with { Attributes = Join(@event.Attributes, secrets) });
    }

    public void Add(ModifiedEntry entry)
    {
        var type = entry.Type;
        var removed = entry.Changes.Removed.Concat(entry.SecretChanges.Removed).Order(StringComparer.Ordinal).ToImmutableArray();
        var @event = new ModifiedEvent(type.Name, entry.Key, entry.Changes with { Removed = removed });
        var writeBack = WriteBackPlanner.WantsOne(type) ? WriteBackPlanner.PlanOne(type, entry.Old?.All ?? Entry.Empty, entry.Values.Fetched) : null;
        Add(_order.Modified(type), entry, @event, writeBack);
        if (entry.SecretChanges is { Added.Count: > 0 } or { Modified.Count: > 0 })
        {
            var complete = new AttributeChanges(
                Join(entry.Changes.Added, entry.SecretChanges.Added), Join(entry.Changes.Modified, entry.SecretChanges.Modified), removed);
            AddComplete(_order.Modified(type), entry, @event with { Changes = complete });
        }
    }

    /// <param name="entry">The entry.</param>
    /// <param name="old">The cached entry, which commit templates may read.</param>
    public void Add(RemovedEntry entry, CachedEntry? old) => Add(
        _order.Removed(entry.Type),
        entry,
        new RemovedEvent(entry.Type.Name, entry.Key),
        old is null ? null : WriteBackPlanner.PlanOne(entry.Type, old.All, Entry.Empty));

    public void Withdraw(WithdrawnEntry entry)
    {
        spool.Withdraw(_order.Added(entry.Type), entry.Id);
        spool.Withdraw(_order.Modified(entry.Type), entry.Id);
    }

    /// <summary>Numbers the events in their order and appends them.</summary>
    /// <returns>The number of the last event of each type that has some.</returns>
    public async ValueTask<IReadOnlyDictionary<DataType, long>> AppendAsync(OutboxWriter outbox, CancellationToken cancellationToken)
    {
        var last = new Dictionary<DataType, long>();
        foreach (var place in spool.Places)
        {
            var (type, category, kind) = _places[place];
            foreach (var item in spool.Read(place))
            {
                await outbox.AppendAsync(category, kind, item.Body, item.WriteBack, cancellationToken);
                last[type] = outbox.LastSequence;
                if (_withSecrets.TryGetValue((place, item.Id), out var complete))
                    WithSecrets.Add((outbox.LastSequence, complete));
            }
        }

        return last;
    }

    private static Entry Join(Entry attributes, Entry secrets) => secrets.Count == 0 ? attributes : Entry.Create(attributes.Concat(secrets));

    private void Add(int place, EntryChange entry, HermesEvent @event, byte[]? writeBack)
    {
        _places.TryAdd(place, (entry.Type, EventJson.CategoryName(@event.Category), EventJson.TypeName(@event)));
        spool.Add(place, new SpooledItem(entry.Id, EventEncoding.BodyOf(@event), writeBack));
    }

    private void AddComplete(int place, EntryChange entry, HermesEvent complete)
    {
        // A secret that cannot be sent must show now: once the event is stored, it would block the outbox.
        EventEncoding.BodyOf(complete);
        _withSecrets.Add((place, entry.Id), complete);
    }
}

/// <summary>
/// The order in which the events of a poll go out: added, then modified, then removed; types in declaration order, for removed in the
/// reverse order, so that parents come before their children and leave after them.
/// </summary>
internal readonly struct EventOrder(ServerModel model)
{
    public int Added(DataType type) => type.Index;

    public int Modified(DataType type) => model.Types.Length + type.Index;

    public int Removed(DataType type) => (3 * model.Types.Length) - type.Index;
}
