using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>
/// Tells the target which of its entries got other keys, once the new keys are stored and before anything is told by them. That it is still to be told is
/// in the state until it was: the former keys are worked out from the entries, which have the attributes of both.
/// </summary>
internal static class RekeyedEntries
{
    /// <summary>Tells what is to be told, if anything is.</summary>
    /// <exception cref="Exception">The target failed. It is told again when the client has begun anew.</exception>
    public static async ValueTask TellAsync(ClientSession session, CancellationToken cancellationToken)
    {
        if (session.Setup is not { Rekeyed.Types: { IsEmpty: false } rekeyed } setup)
            return;
        foreach (var former in rekeyed)
        {
            var formerKeys = await FormerKeysAsync(session, former);
            foreach (var local in session.Bound.FedBy(former.Name))
                await TellAsync(session, local, formerKeys, cancellationToken);
        }

        session.SetUp(setup with { Rekeyed = DataSchema.Empty });
        await session.CommitAsync();
    }

    private static async ValueTask TellAsync(
        ClientSession session, BoundType local, Dictionary<EntryKey, EntryKey> formerKeys, CancellationToken cancellationToken)
    {
        var entries = new List<EntryRekeyed>();
        var table = EntryTable.Local(local.Name);
        await foreach (var entry in session.ReadAsync(table))
        {
            if (entry.Link is not null && session.Services.Target.LinkOf(new EntryId(local.Name, entry.Key)) is { } link)
                session.Put(table, entry with { Link = link });
            if (entry.Applied is not null && formerKeys.TryGetValue(entry.Key, out var former))
                entries.Add(new EntryRekeyed(former, entry.Key));
        }

        await session.Services.Target.RekeyedAsync(local.ToTargetType(session.Bound), entries, cancellationToken);
    }

    private static async ValueTask<Dictionary<EntryKey, EntryKey>> FormerKeysAsync(ClientSession session, TypeSchema former)
    {
        var keys = new Dictionary<EntryKey, EntryKey>();
        await foreach (var entry in session.ReadAsync(EntryTable.Remote(former.Name)))
        {
            if (RekeyPlan.TryKey(former, (entry.Expected ?? entry.Applied)!.Entry, out var key) && key != entry.Key)
                keys[entry.Key] = key;
        }

        return keys;
    }
}
