using System.Runtime.CompilerServices;
using Hermes.Abstractions.Configuration;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Hermes.Runtime.Hosting;

/// <summary>
/// A server or client in a host: put together when the host starts, running until the host stops or it is stopped alone. Whatever way it
/// ends, also when the start fails half-way, its parts are disposed of, once.
/// </summary>
internal abstract class HostedParticipant(string title, ILogger log) : BackgroundService, IAsyncDisposable
{
    // What does not end by then is left to the end of the process.
    private static readonly TimeSpan LongestEnd = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ending = new();
    private readonly TaskCompletionSource _started = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly PartSet _parts = new(title, log);
    private bool _isDisposed;

    public sealed override async Task StartAsync(CancellationToken cancellationToken)
    {
        try
        {
            Assemble(_parts);
            await base.StartAsync(cancellationToken);

            // It may be cancelled before it began, and then tells nothing.
            await Task.WhenAny(_started.Task, ExecuteTask!).WaitAsync(cancellationToken);
            if (_started.Task.IsCompleted)
                await _started.Task;
        }
        catch
        {
            await base.StopAsync(CancellationToken.None);
            await _parts.DisposeAsync();
            throw;
        }
    }

    public sealed override async Task StopAsync(CancellationToken cancellationToken)
    {
        await base.StopAsync(cancellationToken);
        await CloseAsync();
    }

    /// <summary>What is wrong with its configuration. Its parts are made, not opened, and disposed of.</summary>
    public async Task<IReadOnlyList<ConfigurationError>> CheckAsync()
    {
        await using var parts = new PartSet(title, log);
        try
        {
            Assemble(parts);
            return [];
        }
        catch (HermesConfigurationException wrong)
        {
            return wrong.Errors;
        }
    }

    /// <summary>Tries all that it connects to, one after the other. Its parts are made for that and disposed of; its state is not opened.</summary>
    /// <param name="patience">How long each may take.</param>
    /// <param name="time">The clock.</param>
    /// <param name="cancellationToken">Ends it.</param>
    public async IAsyncEnumerable<ConnectionOutcome> ConnectAsync(TimeSpan patience, TimeProvider time, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var parts = new PartSet(title, log);
        foreach (var trial in Trials(parts))
            yield return await trial.RunAsync(patience, time, cancellationToken);
    }

    /// <summary>Stops this one alone; returns when it has stopped.</summary>
    public async Task EndAsync(CancellationToken cancellationToken)
    {
        await _ending.CancelAsync();
        if (ExecuteTask is { } running)
            await Task.WhenAny(running).WaitAsync(cancellationToken);
    }

    /// <summary>Closes what is open, for a host that fails while it starts and so never stops.</summary>
    // The container knows this object under two names and disposes of it for each.
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref _isDisposed, true))
            return;
        Dispose();
        if (ExecuteTask is { } running)
            await Task.WhenAny(running, Task.Delay(LongestEnd, TimeProvider.System, CancellationToken.None));
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Makes the parts, and all that needs no waiting.</summary>
    protected abstract void Assemble(PartSet parts);

    /// <summary>Makes the parts, and tells what they connect to.</summary>
    protected abstract IEnumerable<ConnectionTrial> Trials(PartSet parts);

    /// <summary>Works until one of the tokens is cancelled, and ends without an exception once it has started.</summary>
    /// <param name="started">To be called when the host may go on with its start; an exception before lets the start fail.</param>
    /// <param name="ending">It is to end when the work in hand is done.</param>
    /// <param name="stopping">It is to end now.</param>
    protected abstract Task RunAsync(Action started, CancellationToken ending, CancellationToken stopping);

    protected sealed override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        try
        {
            await RunAsync(() => _started.TrySetResult(), _ending.Token, stoppingToken);
        }
        catch (Exception exception) when (_started.TrySetException(exception))
        {
            // Told by the start.
        }
        finally
        {
            // A state is locked for others until it is closed; another process may wait for it.
            await _parts.DisposeAsync();
        }
    }

    // What still runs closes its parts when it ends.
    private ValueTask CloseAsync() => ExecuteTask is null or { IsCompleted: true } ? _parts.DisposeAsync() : ValueTask.CompletedTask;
}
