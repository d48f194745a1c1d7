using Hermes.Abstractions.Buses;

namespace Hermes.Events.InitSync;

/// <summary>
/// Finds the complete initsync sequences among the events of a bus, shown to it in order. A sequence that starts anew before it stopped was
/// interrupted and does not count.
/// </summary>
public sealed class InitSyncScanner
{
    private BusOffset? _open;

    /// <summary>The first complete sequence seen, or null.</summary>
    public InitSyncRange? First { get; private set; }

    /// <summary>The latest complete sequence seen, or null.</summary>
    public InitSyncRange? Latest { get; private set; }

    /// <summary>Looks at the next event. Events other than the bounds of a sequence may be left out.</summary>
    public void Observe(BusOffset offset, HermesEvent @event)
    {
        switch (@event)
        {
            case InitStartEvent:
                _open = offset;
                break;
            case InitStopEvent when _open is { } start:
                Latest = new InitSyncRange(start, offset);
                First ??= Latest;
                _open = null;
                break;
        }
    }
}
