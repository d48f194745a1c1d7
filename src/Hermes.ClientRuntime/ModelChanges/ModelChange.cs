using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.References;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Carries a change of the client's own data model over to state and target, at start. Everything is worked out in one transaction, as
/// events in the error queue; the queue then delivers them in order, across restarts. A failure while working it out changes nothing.
/// </summary>
internal sealed class ModelChange(ClientSession session)
{
    /// <exception cref="ClientStopException">A template fails on an entry of the state.</exception>
    /// <exception cref="BusException">It is not known what was in flight when the client ended.</exception>
    public async Task RunAsync(IMessageBusConsumer bus, CancellationToken cancellationToken)
    {
        ForgetDecisions();
        var setup = session.Setup!;
        var model = session.Model.Snapshot();
        var difference = ModelDifference.Between(setup.Model, model);
        if (difference.IsEmpty)
            return;
        var inFlight = await InFlight.ReadAsync(session, bus, cancellationToken);
        var events = new ModelEvents(session, inFlight);
        session.Services.Log.ModelChanged(session.Model.Name, difference.ToString());
        try
        {
            await new GoneTypes(session, events, inFlight).RunAsync(setup, difference.Gone);
            await new NewTypes(session, events).RunAsync(difference.New);
            await new ChangedReferences(session).RunAsync(setup.Model);
            await new ChangedMappings(session, events, inFlight).RunAsync(setup.Model, difference.Changed);
            session.Follow(session.Following with { Retired = RetiredAttributes.After(session) });
        }
        catch (TemplateException exception)
        {
            throw new ClientStopException(
                $"The change of the data model cannot be worked out, and nothing was changed: {exception.Message} Correct the template and start again.", exception);
        }

        session.SetUp(setup with
        {
            Model = model,
            Dropped = DroppedTypes.Of(session),
            Following = session.Following with { Drops = session.Following.Drops.RemoveRange(difference.Gone) },
        });
        await session.CommitAsync();
    }

    // A type that the configuration has again as it was is asked about anew should it go once more.
    private void ForgetDecisions()
    {
        var kept = session.Model.Kept.Select(type => type.Name).ToHashSet(StringComparer.Ordinal);
        var over = session.Following.Drops.Keys.Where(type => !kept.Contains(type) && session.Bound.TryGetType(type, out _)).ToArray();
        if (over.Length > 0)
            session.Follow(session.Following with { Drops = session.Following.Drops.RemoveRange(over) });
    }
}

/// <summary>What differs between the data model that the state was built with and the one of this start. Pure data.</summary>
/// <param name="Gone">Local types that are gone, or are fed by another remote type now.</param>
/// <param name="New">Local types that are new, or are fed by another remote type now.</param>
/// <param name="Changed">Local types with the attributes whose mapping is new, gone or different.</param>
internal sealed record ModelDifference(
    ImmutableArray<string> Gone, ImmutableArray<string> New, ImmutableSortedDictionary<string, FrozenSet<string>> Changed)
{
    public bool IsEmpty => Gone.IsEmpty && New.IsEmpty && Changed.IsEmpty;

    public static ModelDifference Between(ModelSnapshot before, ModelSnapshot after) => new(
        [.. before.Types.Where(type => !IsSameSource(after, type.Key, type.Value)).Select(type => type.Key)],
        [.. after.Types.Where(type => !IsSameSource(before, type.Key, type.Value)).Select(type => type.Key)],
        after.Types
            .Where(type => IsSameSource(before, type.Key, type.Value))
            .Select(type => KeyValuePair.Create(type.Key, ChangedAttributes(before.Types[type.Key], type.Value)))
            .Where(type => type.Value.Count > 0)
            .ToImmutableSortedDictionary(StringComparer.Ordinal));

    /// <inheritdoc/>
    public override string ToString() => string.Join("; ", new[]
    {
        Gone.IsEmpty ? "" : $"gone: {string.Join(", ", Gone)}",
        New.IsEmpty ? "" : $"new: {string.Join(", ", New)}",
        Changed.IsEmpty ? "" : $"changed: {string.Join(", ", Changed.Select(type => $"{type.Key} ({string.Join(", ", type.Value.Order(StringComparer.Ordinal))})"))}",
    }.Where(part => part.Length > 0));

    private static bool IsSameSource(ModelSnapshot model, string name, TypeSnapshot type) =>
        model.Types.TryGetValue(name, out var other) && string.Equals(other.RemoteType, type.RemoteType, StringComparison.Ordinal);

    private static FrozenSet<string> ChangedAttributes(TypeSnapshot before, TypeSnapshot after) =>
        before.Mapping.Keys.Union(after.Mapping.Keys, StringComparer.Ordinal)
            .Where(attribute => !string.Equals(before.Mapping.GetValueOrDefault(attribute), after.Mapping.GetValueOrDefault(attribute), StringComparison.Ordinal)
                || before.References.GetValueOrDefault(attribute) != after.References.GetValueOrDefault(attribute))
            .ToFrozenSet(StringComparer.Ordinal);
}

/// <summary>
/// Follows where attributes became references, or are none any more: the target was told something else for them, so it counts as not told. What is known of their
/// references begins anew.
/// </summary>
internal sealed class ChangedReferences(ClientSession session)
{
    public async ValueTask RunAsync(ModelSnapshot before)
    {
        foreach (var (name, known) in before.Types)
        {
            var now = session.References.Map.Of(name);
            if (!known.References.SequenceEqual(now))
                await RunAsync(EntryTable.Local(name), known.References, now);
        }
    }

    private async ValueTask RunAsync(
        EntryTable table, ImmutableSortedDictionary<string, TargetReference> before, ImmutableSortedDictionary<string, TargetReference> now)
    {
        string[] changed = [.. before.Keys.Union(now.Keys).Where(attribute => before.GetValueOrDefault(attribute) != now.GetValueOrDefault(attribute))];
        await foreach (var entry in session.ReadAsync(table))
        {
            var untold = entry;
            if (entry.Applied is { } applied && changed.Any(applied.Entry.ContainsKey))
                untold = entry with { Applied = applied with { Entry = Abstractions.Data.Entry.Create(applied.Entry.Where(pair => !changed.Contains(pair.Key))) } };
            session.Put(table, untold);
            foreach (var reference in ReferenceRows.Of(table.Type, before, entry).Keys)
                session.PutReference(new ReferenceChange(reference, null));
            foreach (var (reference, isPending) in ReferenceRows.Of(table.Type, now, untold))
                session.PutReference(new ReferenceChange(reference, isPending));
        }
    }
}
