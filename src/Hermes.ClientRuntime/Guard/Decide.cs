using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ModelChanges;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Guard;

namespace Hermes.ClientRuntime.Guard;

/// <summary>What waits for a decision, and the decisions.</summary>
internal sealed class Decide(ClientSession session)
{
    private readonly HeldEntries _held = new(session);

    /// <summary>All that waits, as it is now.</summary>
    public async ValueTask<IReadOnlyList<HeldRemovalsInfo>> ListAsync()
    {
        var waiting = new List<HeldRemovalsInfo>();
        foreach (var set in session.Following.Held.Where(set => set.Decision is null))
        {
            var (count, digest, first) = await _held.DescribeAsync(set.Type);
            waiting.Add(new HeldRemovalsInfo(set.Type, "an initsync does not have them", count, set.Before, digest, set.MustBeApproved, [.. first]));
        }

        foreach (var kept in session.Model.Kept.Where(kept => kept.IsAwaiting))
            waiting.Add(await KeptTypes.DescribeAsync(kept, EntriesOf(kept.Name)));
        return waiting;
    }

    /// <summary>Where the entries of a set are that waits, live ones; null if nothing of this name waits.</summary>
    public EntryTable? TableOf(string type) => session.Following.Held.Any(set => set.Type == type && set.Decision is null) ? EntryTable.Held(type)
        : session.Model.Kept.Any(kept => kept.IsAwaiting && kept.Name == type) ? EntryTable.Local(type)
        : null;

    /// <summary>Decides, durably.</summary>
    /// <returns>Why the decision is refused; null if it is not.</returns>
    public async ValueTask<InvalidOperationException?> RunAsync(string type, RemovalDecision decision)
    {
        if ((await ListAsync()).FirstOrDefault(set => set.Type == type && set.Digest == decision.Digest) is null)
        {
            return (await ListAsync()).FirstOrDefault(set => set.Type == type) is { } other
                ? new HeldSetChangedException($"{type} of the client {session.Model.Name}", decision.Digest, other.Digest)
                : new InvalidOperationException($"No removals of {type} of the client {session.Model.Name} await approval.");
        }

        session.Services.Log.RemovalsDecided(
            session.Model.Name, type, decision.Digest, decision.IsApproved ? "approved" : "rejected", decision.Actor, decision.Reason);
        var following = session.Following;
        if (following.Held.FirstOrDefault(set => set.Type == type && set.Decision is null) is { } held)
        {
            session.Follow(following with { Held = following.Held.Replace(held, held with { Decision = decision }) });
        }
        else
        {
            session.Follow(following with { Drops = following.Drops.SetItem(type, decision) });
            session.BeginAnew();
        }

        await session.CommitAsync();
        return null;
    }

    private IAsyncEnumerable<StoredEntry> EntriesOf(string localType) => session.ReadAsync(EntryTable.Local(localType));
}
