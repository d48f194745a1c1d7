using Hermes.Abstractions.Buses;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.WriteBack;
using Microsoft.Extensions.Logging;
using Polly;

namespace Hermes.ServerRuntime.Outbox;

/// <summary>
/// Sends what is in the outbox, in order. A batch is prepared while the bus takes the one before; an event leaves the outbox when the bus
/// has confirmed it.
/// </summary>
internal sealed class OutboxPublisher(
    string server, ServerSession session, IMessageBusProducer bus, WriteBackRunner writeBacks, ResiliencePipeline resilience, StatusBoard<ServerStatus> status, ILogger logger)
{
    private const int MostEvents = 2_000;
    private const int MostBytes = 4 * 1024 * 1024;

    private readonly MessageFactory _messages = new(server, session.Header.ProducerId, session.Secrets);

    /// <summary>Sends until the outbox is empty and all write-backs are done.</summary>
    public async Task DrainAsync(CancellationToken cancellationToken)
    {
        await writeBacks.RunDueAsync(cancellationToken);
        var batch = ReadBatch(0);
        if (batch.Messages.Count == 0)
            return;
        using var activity = HermesDiagnostics.Activities.StartActivity("hermes.server.publish");
        activity?.SetTag("hermes.server", server);
        while (batch.Messages.Count > 0)
        {
            var sending = SendAsync(batch, cancellationToken);
            Batch next;
            try
            {
                next = ReadBatch(batch.Last);
            }
            finally
            {
                // Here and not where it fails: until now, the next batch was read from the state.
                await ConfirmFailedAsync(batch, sending);
            }

            Confirm(batch, batch.Messages.Count);
            await writeBacks.RunDueAsync(cancellationToken);
            batch = next;
        }
    }

    private Task SendAsync(Batch batch, CancellationToken cancellationToken) =>
        resilience.ExecuteAsync(async token => await bus.SendAsync(batch.Messages, token), cancellationToken).AsTask();

    private async Task ConfirmFailedAsync(Batch batch, Task sending)
    {
        try
        {
            await sending;
        }
        catch (BusException exception) when (exception.Confirmed > 0)
        {
            Confirm(batch, Math.Min(exception.Confirmed, batch.Messages.Count));
            throw;
        }
    }

    private Batch ReadBatch(long after)
    {
        var messages = new List<BusMessage>();
        var last = after;
        var bytes = 0L;
        foreach (var stored in session.State.ReadOutbox(after))
        {
            messages.Add(_messages.Make(stored));
            last = stored.Sequence;
            bytes += stored.Body.Length;
            if (messages.Count == MostEvents || bytes >= MostBytes)
                break;
        }

        return new Batch(messages, last);
    }

    private void Confirm(Batch batch, int count)
    {
        // Sequence numbers are consecutive.
        var first = batch.Last - batch.Messages.Count + 1;
        var through = first + count - 1;
        session.State.RemoveFromOutbox(through);
        for (var sequence = first; sequence <= through; sequence++)
            session.Secrets.Remove(sequence);

        var length = session.State.OutboxLength;
        status.Update(current => current with { OutboxLength = length });
        HermesDiagnostics.OutboxLength.Record(length, HermesDiagnostics.Of(server));
        HermesDiagnostics.EventsPublished.Add(count, HermesDiagnostics.Of(server));
        Log.Published(logger, server, count, through);
    }

    private sealed record Batch(List<BusMessage> Messages, long Last);
}
