using Hermes.Events;

namespace Hermes.ServerRuntime.Outbox;

/// <summary>
/// The events with secret values that wait to be sent. They are kept in memory only: the outbox holds the same events without the secrets.
/// After a
/// restart those go out as they are, and the next poll sends the secrets as added.
/// </summary>
internal sealed class SecretEvents
{
    private readonly Dictionary<long, HermesEvent> _bySequence = [];

    public void Add(long sequence, HermesEvent complete) => _bySequence.Add(sequence, complete);

    public bool TryGet(long sequence, out HermesEvent? complete) => _bySequence.TryGetValue(sequence, out complete);

    public void Clear() => _bySequence.Clear();

    public void Remove(long sequence) => _bySequence.Remove(sequence);
}
