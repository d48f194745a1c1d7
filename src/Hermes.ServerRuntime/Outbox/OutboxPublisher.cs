using Hermes.Abstractions.Buses;
using Hermes.Runtime.Control;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Resync;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Logging;
using Polly;

namespace Hermes.ServerRuntime.Outbox;

/// <summary>
/// Sends what is in the outbox, in order. A batch is prepared while the bus takes the one before; an event leaves the outbox when the bus
/// has confirmed it.
/// </summary>
internal sealed class OutboxPublisher(
    ServerSettings settings,
    ServerSession session,
    IMessageBusProducer bus,
    BusCheck check,
    ResiliencePipeline resilience,
    StatusBoard<ServerStatus> status,
    ServerDesk desk,
    ILogger logger)
{
    public const int MostEvents = 2_000;
    public const int MostBytes = 4 * 1024 * 1024;

    private readonly MessageFactory _messages = new(settings.Name, settings.SigningKey, session);
    private bool _isChecked;
    private bool _hasSent;

    /// <summary>
    /// Sends until the outbox is empty; before it sends over a new connection, it looks at what the bus has. Sends nothing while clients must get everything
    /// again: what waits is part of that.
    /// </summary>
    public async Task SendAllAsync(CancellationToken cancellationToken)
    {
        if (!session.Progress.IsResyncDue && (!_isChecked || (_hasSent && !bus.IsConnected)))
        {
            await check.RunAsync(cancellationToken);
            (_isChecked, _hasSent) = (true, false);
        }

        if (session.Progress.IsResyncDue)
            return;
        try
        {
            await SendWaitingAsync(cancellationToken);
        }
        catch (BusMessageConflictException conflict)
        {
            await check.NoteConflictAsync(conflict, cancellationToken);
        }
        catch
        {
            _isChecked = false;
            throw;
        }
    }

    private async Task SendWaitingAsync(CancellationToken cancellationToken)
    {
        var batch = await ReadBatchAsync(0, cancellationToken);
        if (batch.Messages.Count == 0)
            return;
        using var activity = ServerTelemetry.Activities.StartActivity("hermes.server.publish");
        activity?.SetTag("hermes.server", settings.Name);
        while (batch.Messages.Count > 0)
        {
            var sending = SendAsync(batch, cancellationToken);
            Batch next;
            try
            {
                next = await ReadBatchAsync(batch.Last, cancellationToken);
            }
            finally
            {
                // Here and not where it fails: until now, the next batch was read from the state.
                await ConfirmFailedAsync(batch, sending);
            }

            _hasSent = true;
            await ConfirmAsync(batch, batch.Messages.Count);
            batch = next;
            await desk.ServeAsync(cancellationToken);
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
            await ConfirmAsync(batch, Math.Min(exception.Confirmed, batch.Messages.Count));
            throw;
        }
    }

    private async ValueTask<Batch> ReadBatchAsync(long after, CancellationToken cancellationToken)
    {
        var events = await session.State.ReadOutboxAsync(after, MostEvents, MostBytes, cancellationToken);
        return new Batch([.. events.Select(_messages.Make)], events.Count == 0 ? after : events[^1].Sequence);
    }

    // Never cancelled: the bus has them.
    private async Task ConfirmAsync(Batch batch, int count)
    {
        // Sequence numbers are consecutive.
        var first = batch.Last - batch.Messages.Count + 1;
        var through = first + count - 1;
        await session.ConfirmAsync(through, count, CancellationToken.None);
        var length = session.OutboxLength;
        status.Update(current => current with { OutboxLength = length });
        ServerTelemetry.OutboxLength.Record(length, ServerTelemetry.Of(settings.Name));
        ServerTelemetry.EventsPublished.Add(count, ServerTelemetry.Of(settings.Name));
        Log.Published(logger, settings.Name, count, through);
    }

    private sealed record Batch(List<BusMessage> Messages, long Last);
}
