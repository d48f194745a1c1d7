using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;

namespace Hermes.ClientRuntime.Steps;

/// <summary>Waits for whatever comes first: a message, a request, or the time at which something is due.</summary>
internal sealed class Idle(Receive receive, Mailbox<ClientWork> mailbox, TimeProvider time) : IDisposable
{
    private static readonly TimeSpan LongestWait = TimeSpan.FromDays(1);

    private readonly CancellationTokenSource _end = new();
    private Task<bool>? _message;
    private Task<bool>? _request;

    /// <exception cref="Abstractions.Buses.BusException">The bus failed.</exception>
    public async Task WaitAsync(DateTimeOffset due, bool isPaused, CancellationToken cancellationToken)
    {
        var left = due - time.GetUtcNow();
        if (left <= TimeSpan.Zero)
            return;
        using var wait = CancellationTokenSource.CreateLinkedTokenSource(_end.Token, cancellationToken);
        var timer = Task.Delay(left < LongestWait ? left : LongestWait, time, wait.Token);

        // A channel has one reader: a wait that has not ended is waited for again, not started twice.
        _request ??= mailbox.WaitAsync(_end.Token).AsTask();
        if (!isPaused)
            _message ??= receive.WaitAsync(_end.Token).AsTask();
        await Task.WhenAny(isPaused ? [timer, _request] : [timer, _request, _message!]);
        await wait.CancelAsync();
        cancellationToken.ThrowIfCancellationRequested();

        if (_request is { IsCompleted: true })
            _request = null;
        if (_message is { IsCompleted: true } message)
        {
            _message = null;
            await message;
        }
    }

    public void Dispose()
    {
        _end.Cancel();
        _end.Dispose();
    }
}
