using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.RabbitMq;

/// <summary>Sends messages, all of a call under way at once, and waits until the broker has confirmed every one. After a failure it connects anew.</summary>
internal sealed class RabbitMqProducer(RabbitMqOptions options, TimeProvider time) : IMessageBusProducer
{
    private RabbitMqPublisher? _publisher;

    public bool IsConnected => _publisher is { IsOpen: true };

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
            return;
        PublisherConfirms? confirms = null;
        var isDone = false;
        try
        {
            if (_publisher is { IsOpen: false })
                await CloseAsync();
            _publisher ??= await RabbitMqPublisher.OpenAsync(options, cancellationToken);
            confirms = _publisher.Expect(messages.Count);
            await SendAsync(_publisher, messages, confirms, cancellationToken);
            isDone = true;
        }
        catch (BusException exception)
        {
            throw new BusException(exception.Message, exception.Fault, exception) { Confirmed = confirms?.Confirmed ?? 0 };
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw RabbitMqFaults.Of(exception, options, confirms?.Confirmed ?? 0);
        }
        finally
        {
            // Messages of a send that was cut short may still be under way; a later send on the same channel must not mix with them.
            if (!isDone)
                await CloseAsync();
        }
    }

    public IMessageBusConsumer OpenReader() => new RabbitMqConsumer(options, time);

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task SendAsync(
        RabbitMqPublisher open, IReadOnlyList<BusMessage> messages, PublisherConfirms confirms, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        var publishing = open.PublishAsync(messages, time.GetUtcNow().ToUnixTimeSeconds(), end.Token);
        var work = Task.WhenAll(publishing, confirms.Completion);
        try
        {
            for (var before = 0; !work.IsCompleted;)
            {
                var ended = await Task.WhenAny(confirms.Completion, work, Task.Delay(options.ConfirmTimeout, time, end.Token));
                if (ended == confirms.Completion || ended == work)
                    break;
                cancellationToken.ThrowIfCancellationRequested();
                if (before == confirms.Confirmed)
                    throw NotConfirmed(open);
                before = confirms.Confirmed;
            }

            await confirms.Completion;
            await publishing;
        }
        finally
        {
            await end.CancelAsync();
            // A failure of publishing is the same broken connection; observed so that it does not surface as forgotten.
            _ = publishing.ContinueWith(task => task.Exception, CancellationToken.None, TaskContinuationOptions.OnlyOnFaulted, TaskScheduler.Default);
        }
    }

    private BusException NotConfirmed(RabbitMqPublisher open) =>
        new(
            $"The RabbitMQ broker at {options.Address} has confirmed nothing for {options.ConfirmTimeout.TotalSeconds:0} s"
            + (open.Blocked is { } reason ? $": it blocks publishers ({reason}). Free disk or memory of the broker." : ". Look whether it is overloaded."),
            FaultKind.Transient);

    private async Task CloseAsync()
    {
        if (_publisher is { } open)
        {
            _publisher = null;
            await open.DisposeAsync();
        }
    }
}
