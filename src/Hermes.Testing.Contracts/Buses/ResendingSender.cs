using System.Diagnostics;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>Sends as a server does: in batches, and after a failure again from the first message that was not confirmed.</summary>
public sealed class ResendingSender(IMessageBusProducer producer, int total, int batch, TimeSpan recoveryBound, int first = 0)
{
    private readonly List<BusException> _failures = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> _marks = [];
    private readonly Lock _gate = new();
    private int _confirmed;

    /// <summary>The failures so far.</summary>
    public IReadOnlyList<BusException> Failures
    {
        get
        {
            lock (_gate)
                return [.. _failures];
        }
    }

    /// <summary>Completes when so many messages were confirmed.</summary>
    public Task ReachedAsync(int count)
    {
        lock (_gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _marks.Add((count, reached));
            Complete();
            return reached.Task;
        }
    }

    /// <summary>Sends all; gives up when the bus has not taken anything for too long.</summary>
    public async Task RunAsync()
    {
        var sinceProgress = Stopwatch.StartNew();
        while (_confirmed < total)
        {
            try
            {
                var count = Math.Min(batch, total - _confirmed);
                await producer.SendAsync(BusMessages.Numbered(first + _confirmed, count), default);
                Confirm(count);
                sinceProgress.Restart();
            }
            catch (BusException failure) when (sinceProgress.Elapsed < recoveryBound)
            {
                lock (_gate)
                    _failures.Add(failure);
                Confirm(failure.Confirmed);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private void Confirm(int count)
    {
        lock (_gate)
        {
            _confirmed += count;
            Complete();
        }
    }

    private void Complete()
    {
        foreach (var mark in _marks.Where(mark => mark.Count <= _confirmed).ToList())
        {
            mark.Reached.TrySetResult();
            _marks.Remove(mark);
        }
    }
}
