using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Hermes.Events;
using Hermes.Events.InitSync;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>Watches the initsync sequences that pass, and has one taken as the whole truth, once it is complete, where that is due.</summary>
internal sealed class InitSyncWatch(ClientSession session)
{
    /// <summary>Has the latest complete sequence taken, or the next one if there is none.</summary>
    /// <returns>Whether there is one.</returns>
    public bool Want(string reason)
    {
        var following = session.Following;
        if (following.Reinitialisation is not null)
            return true;
        session.Services.Log.ReinitialisationWanted(session.Model.Name, reason);
        session.Follow(following with
        {
            Wanted = reason,
            Open = following.Open is { } open ? open with { IsTaken = true } : null,
            Reinitialisation = following.Latest is { } latest ? new Reinitialisation(latest, session.Position.Next!.Value) : null,
        });
        return following.Latest is not null;
    }

    /// <summary>A sequence starts; one that did not come to its end was interrupted.</summary>
    public void Starts(BusOffset offset, InitStartEvent start, string producer)
    {
        var following = session.Following;
        session.Follow(following with { Open = new OpenInitSync(offset, producer, start.IsResync || following.Wanted is not null) });
    }

    /// <summary>A sequence is complete.</summary>
    public void Stops(BusOffset offset, string producer)
    {
        if (session.Following is not { Open: { } open } following || !string.Equals(open.Producer, producer, StringComparison.Ordinal))
            return;
        var passed = new PassedInitSync(new InitSyncRange(open.Start, offset), producer);
        session.Follow(following with
        {
            Open = null,
            Latest = passed,
            Reinitialisation = open.IsTaken ? new Reinitialisation(passed, offset.Next) : null,
        });
    }
}
