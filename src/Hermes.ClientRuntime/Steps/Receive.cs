using System.Threading.Channels;
using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Reads and decodes messages ahead on a thread of its own, while the loop applies earlier ones.</summary>
internal sealed class Receive : IAsyncDisposable
{
    private const int ReadAhead = 2048;

    private readonly Channel<Incoming> _messages = Channel.CreateBounded<Incoming>(
        new BoundedChannelOptions(ReadAhead) { SingleReader = true, SingleWriter = true });

    private readonly CancellationTokenSource _stop;
    private readonly Task _pump;

    public Receive(IMessageBusConsumer bus, BusPosition start, CancellationToken cancellationToken)
    {
        _stop = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        _pump = Task.Run(() => PumpAsync(bus, start, _stop.Token), CancellationToken.None);
    }

    /// <summary>Completes when a message can be taken.</summary>
    /// <exception cref="BusException">The bus failed, and all messages before were taken.</exception>
    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _messages.Reader.WaitToReadAsync(cancellationToken);

    public bool TryTake(out Incoming incoming) => _messages.Reader.TryRead(out incoming);

    public async ValueTask DisposeAsync()
    {
        await _stop.CancelAsync();
        await _pump;
        _stop.Dispose();
    }

    private async Task PumpAsync(IMessageBusConsumer bus, BusPosition start, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var message in bus.ReadAsync(start, cancellationToken))
                await _messages.Writer.WriteAsync(Decode.Read(message), cancellationToken);
            _messages.Writer.Complete(new BusException("The bus ended the stream of messages.", Abstractions.FaultKind.Transient));
        }
        catch (Exception exception)
        {
            // Passed to the loop, which decides what to do about it.
            _messages.Writer.Complete(exception);
        }
    }
}
