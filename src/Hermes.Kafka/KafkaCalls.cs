namespace Hermes.Kafka;

/// <summary>
/// Runs the library's calls, which block, aside. A caller may leave one that takes long; the client of the library is then ended when the call
/// has returned, since it must not be in use. Not for several callers at once.
/// </summary>
internal sealed class KafkaCalls
{
    private Task _underWay = Task.CompletedTask;

    public async Task<TResult> RunAsync<TResult>(Func<TResult> call, CancellationToken cancellationToken)
    {
        var running = Task.Run(call, CancellationToken.None);
        _underWay = _underWay.IsCompleted ? running : Task.WhenAll(_underWay, running);
        return await running.WaitAsync(cancellationToken);
    }

    /// <summary>Ends a client of the library. Returns when it has ended, or at once where a call is still in it.</summary>
    public async Task EndAsync(IDisposable client)
    {
        if (_underWay.IsCompleted)
        {
            // Joins the threads of the client.
            await Task.Run(client.Dispose);
            return;
        }

        _ = _underWay.ContinueWith(
            left =>
            {
                // Looked at, so that a failure that nobody waits for any more does not surface as forgotten.
                _ = left.Exception;
                client.Dispose();
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
    }
}
