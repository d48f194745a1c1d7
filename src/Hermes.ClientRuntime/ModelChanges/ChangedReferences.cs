using System.Collections.Immutable;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.References;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.ModelChanges;

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
