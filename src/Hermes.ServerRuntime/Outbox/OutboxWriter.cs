using Hermes.Events;
using Hermes.Events.Json;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Outbox;

/// <summary>Numbers the events of one commit, and appends them in batches.</summary>
internal sealed class OutboxWriter(IServerStateTransaction transaction, long lastSequence, DateTimeOffset time)
{
    private const int BatchSize = 500;

    private readonly List<OutboxEvent> _events = [];
    private readonly List<StoredWriteBack> _writeBacks = [];

    /// <summary>The number of the last event.</summary>
    public long LastSequence { get; private set; } = lastSequence;

    /// <summary>Adds an event.</summary>
    public ValueTask AppendAsync(HermesEvent @event, CancellationToken cancellationToken) =>
        AppendAsync(EventJson.CategoryName(@event.Category), EventJson.TypeName(@event), EventEncoding.BodyOf(@event), null, cancellationToken);

    /// <summary>Adds an event that is encoded, and what is to be written back after it.</summary>
    public ValueTask AppendAsync(string category, string kind, byte[] body, byte[]? writeBack, CancellationToken cancellationToken)
    {
        _events.Add(new OutboxEvent(++LastSequence, category, kind, time, body));
        if (writeBack is not null)
            _writeBacks.Add(new StoredWriteBack(LastSequence, writeBack));
        return _events.Count == BatchSize ? FlushAsync(cancellationToken) : ValueTask.CompletedTask;
    }

    /// <summary>Adds something to be written back after an event.</summary>
    public void AppendWriteBack(long sequence, byte[] body) => _writeBacks.Add(new StoredWriteBack(sequence, body));

    /// <summary>Hands everything to the transaction.</summary>
    public async ValueTask FlushAsync(CancellationToken cancellationToken)
    {
        if (_events.Count > 0)
            await transaction.AppendEventsAsync(_events, cancellationToken);
        if (_writeBacks.Count > 0)
            await transaction.AppendWriteBacksAsync(_writeBacks, cancellationToken);
        _events.Clear();
        _writeBacks.Clear();
    }
}
