namespace Hermes.ClientRuntime.Recovery;

/// <summary>Takes note of those who write to the bus beside the producer that the client follows, so that people are told once.</summary>
internal sealed class OtherProducers(ClientSession session)
{
    // Enough for people; a bus that everybody writes to must not fill the state.
    private const int Most = 20;

    /// <summary>Somebody else sends events.</summary>
    public void Tell(string producer) => Add(
        producer,
        $"A second server writes to this bus: producer {producer}. Its events are set aside, this client follows {session.Following.Producer}. "
        + "Give each server a bus of its own; or, if this one is to be followed from now on, ask for a re-initialisation with its name, and let the server send an initsync.");

    /// <summary>Somebody else says what is the whole truth.</summary>
    public void TellResync(string producer) => Add(
        producer,
        $"A server that does not say that it follows on {session.Following.Producer} sent a resync: producer {producer}. It is not taken. "
        + "If this one is to be followed from now on, ask for a re-initialisation with its name, and let the server send an initsync.");

    private void Add(string producer, string line)
    {
        var following = session.Following;
        if (following.Others.Count >= Most || following.Others.ContainsKey(producer))
            return;
        session.Services.Log.OtherProducer(session.Model.Name, line);
        session.Follow(following with { Others = following.Others.SetItem(producer, line) });
    }
}
