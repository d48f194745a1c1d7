using System.Collections.Concurrent;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>
/// Members who come and go one by one. A resource is written by one at a time; whoever waits meanwhile goes in one request with the next, so that many memberships at the same time
/// (<c>MaxConcurrency</c> of the client) cost few requests.
/// </summary>
internal sealed class MemberTurns(MemberWriter members, int membersPerRequest)
{
    // As many as there are groups.
    private readonly ConcurrentDictionary<string, Place> _places = new(StringComparer.Ordinal);

    /// <summary>Makes somebody a member.</summary>
    /// <exception cref="HttpFaultException">The service refuses it, or does not answer.</exception>
    public Task JoinAsync(string id, string member, CancellationToken cancellationToken) => ChangeAsync(id, new(member, IsJoining: true), cancellationToken);

    /// <summary>Takes a member out.</summary>
    /// <exception cref="HttpFaultException">The service refuses it, or does not answer.</exception>
    public Task LeaveAsync(string id, string member, CancellationToken cancellationToken) => ChangeAsync(id, new(member, IsJoining: false), cancellationToken);

    private async Task ChangeAsync(string id, Change mine, CancellationToken cancellationToken)
    {
        var place = _places.GetOrAdd(id, static _ => new());
        place.Waiting.Enqueue(mine);
        try
        {
            await place.Turn.WaitAsync(cancellationToken);
        }
        catch (OperationCanceledException)
        {
            mine.IsGivenUp = true;
            throw;
        }

        try
        {
            // The others before this one may have taken it with them; if they were broken off, it is still to be done.
            while (!mine.IsDone)
                await GoAsync(id, Together(place, mine), cancellationToken);
        }
        finally
        {
            mine.IsGivenUp = true;
            place.Turn.Release();
        }

        if (mine.Fault is { } fault)
            throw fault;
    }

    // Those of one kind, in the order in which they came: who leaves and joins again must not do so in one request.
    private List<Change> Together(Place place, Change mine)
    {
        var together = new List<Change>();
        while (together.Count < membersPerRequest && place.Waiting.TryPeek(out var next))
        {
            var isOver = next.IsGivenUp || next.IsDone;
            if (!isOver && together.Count > 0 && together[0].IsJoining != next.IsJoining)
                break;
            place.Waiting.TryDequeue(out _);
            if (!isOver)
                together.Add(next);
        }

        // Somebody took it along and was broken off.
        return together.Count > 0 ? together : [mine];
    }

    private async Task GoAsync(string id, IReadOnlyList<Change> together, CancellationToken cancellationToken)
    {
        try
        {
            var held = await members.ReadAsync(id, cancellationToken);
            string[] changed = [.. together.Where(change => held.Contains(change.Member) != change.IsJoining).Select(change => change.Member).Distinct(StringComparer.Ordinal)];
            var outcome = together[0].IsJoining
                ? await members.WriteAsync(id, changed, [], cancellationToken)
                : await members.WriteAsync(id, [], changed, cancellationToken);
            foreach (var change in together)
                change.End(outcome.FaultOf(member => member == change.Member));
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            foreach (var change in together)
                change.End(failure);
        }
    }

    private sealed class Place
    {
        public SemaphoreSlim Turn { get; } = new(1);

        public ConcurrentQueue<Change> Waiting { get; } = new();
    }

    private sealed record Change(string Member, bool IsJoining)
    {
        public bool IsDone { get; private set; }

        public bool IsGivenUp { get; set; }

        public Exception? Fault { get; private set; }

        public void End(Exception? fault) => (Fault, IsDone) = (fault, true);
    }
}
