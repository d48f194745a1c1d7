using System.Threading.Channels;

namespace Hermes.ClientRuntime.Control;

/// <summary>Requests from other threads, to be answered by the client between two events.</summary>
internal sealed class Mailbox
{
    private readonly Channel<Request> _requests = Channel.CreateUnbounded<Request>(new UnboundedChannelOptions { SingleReader = true });
    private ClientNotRunningException? _closed;

    /// <summary>Asks for something and waits for the answer.</summary>
    /// <exception cref="ClientNotRunningException">The client has stopped.</exception>
    public async Task<T> AskAsync<T>(Func<ClientLoop?, ClientSession, CancellationToken, ValueTask<T>> work, CancellationToken cancellationToken)
    {
        var answer = new TaskCompletionSource<T>(TaskCreationOptions.RunContinuationsAsynchronously);
        var request = new Request(
            async (loop, session, token) =>
            {
                try
                {
                    answer.TrySetResult(await work(loop, session, token));
                }
                catch (OperationCanceledException) when (token.IsCancellationRequested)
                {
                    answer.TrySetCanceled(token);
                    throw;
                }
                catch (ArgumentException exception)
                {
                    // The one who asked is wrong, not the client.
                    answer.TrySetException(exception);
                }
                catch (Exception exception)
                {
                    answer.TrySetException(exception);
                    throw;
                }
            },
            reason => answer.TrySetException(reason));
        if (!_requests.Writer.TryWrite(request))
            throw _closed!;
        return await answer.Task.WaitAsync(cancellationToken);
    }

    public ValueTask<bool> WaitAsync(CancellationToken cancellationToken) => _requests.Reader.WaitToReadAsync(cancellationToken);

    /// <summary>Answers everything that was asked by now.</summary>
    public async ValueTask ServeAsync(ClientLoop? loop, ClientSession session, CancellationToken cancellationToken)
    {
        while (_requests.Reader.TryRead(out var request))
            await request.Answer(loop, session, cancellationToken);
    }

    /// <summary>Refuses everything from now on.</summary>
    public void Close(ClientNotRunningException reason)
    {
        _closed = reason;
        _requests.Writer.TryComplete();
        while (_requests.Reader.TryRead(out var request))
            request.Refuse(reason);
    }

    private sealed record Request(Func<ClientLoop?, ClientSession, CancellationToken, ValueTask> Answer, Action<Exception> Refuse);
}
