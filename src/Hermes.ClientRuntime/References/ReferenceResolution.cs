using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Targets;

namespace Hermes.ClientRuntime.References;

/// <summary>Leaves out of an event what it refers to and the target does not have yet: so that the rest is written, and the views tell what is missing.</summary>
internal sealed class ReferenceResolution(EntryLookup entries)
{
    /// <summary>The event as the target can be told of it.</summary>
    /// <exception cref="FormatException">An attribute holds no keys; says which.</exception>
    public ValueTask<LocalEvent> ResolveAsync(LocalEvent @event, CancellationToken cancellationToken) =>
        @event.Local is { IsTrashed: false } local && entries.References.Of(@event.Type) is { IsEmpty: false }
            ? ResolveAsync(@event, local, cancellationToken)
            : new(@event);

    /// <summary>An entry that comes back from the trashbin, without what has left the target meanwhile.</summary>
    public ValueTask<EntryView?> ResolveAsync(string type, EntryView? has, CancellationToken cancellationToken) =>
        has is { IsTrashed: true } ? ResolveTrashedAsync(type, has, cancellationToken) : new(has);

    /// <summary>
    /// An entry as the target has it for certain after attempts in which steps were completed: what was not there at the time of such a step is missing in what it wrote.
    /// </summary>
    /// <param name="type">The type of the entry.</param>
    /// <param name="before">The entry before these attempts; null if the target did not have it.</param>
    /// <param name="after">The entry as it was told last.</param>
    public EntryView CertainOf(string type, EntryView? before, EntryView after)
    {
        var entry = after.Entry;
        foreach (var (attribute, reference) in entries.References.Of(type))
        {
            var known = reference.KeysOf(before?.Entry.Get(attribute) ?? Value.Null);
            entry = ReferenceRows.Without(entry, attribute, reference, reference.KeysOf(entry.Get(attribute)).Except(known).ToHashSet());
        }

        return after with { Entry = entry };
    }

    private async ValueTask<EntryView?> ResolveTrashedAsync(string type, EntryView has, CancellationToken cancellationToken) =>
        has with { Entry = await ResolveAsync(type, has.Entry, cancellationToken) };

    private async ValueTask<LocalEvent> ResolveAsync(LocalEvent @event, EntryView local, CancellationToken cancellationToken)
    {
        var entry = await ResolveAsync(@event.Type, local.Entry, cancellationToken);
        return ReferenceEquals(entry, local.Entry) ? @event : @event with { Local = local with { Entry = entry } };
    }

    private async ValueTask<Entry> ResolveAsync(string type, Entry entry, CancellationToken cancellationToken)
    {
        foreach (var (attribute, reference) in entries.References.Of(type))
        {
            IReadOnlyList<EntryKey> keys;
            try
            {
                keys = reference.KeysOf(entry.Get(attribute));
            }
            catch (FormatException exception)
            {
                throw new FormatException($"The attribute '{attribute}' of {type} cannot be used. {exception.Message}", exception);
            }

            if (await entries.FindAbsentAsync(reference.Type, keys, cancellationToken) is { Count: > 0 } absent)
                entry = ReferenceRows.Without(entry, attribute, reference, absent);
        }

        return entry;
    }
}
