using System.Diagnostics;
using Hermes.Abstractions.Buses;

namespace Hermes.Testing.Contracts.Buses;

/// <summary>Sends as a server does: in batches, and after a failure again from the first message that was not confirmed.</summary>
public sealed class ResendingSender(IMessageBusProducer producer, int total, int batch, TimeSpan recoveryBound, int first = 0)
{
    private readonly List<BusException> failures = [];
    private readonly List<(int Count, TaskCompletionSource Reached)> marks = [];
    private readonly Lock gate = new();
    private int confirmed;

    /// <summary>The failures so far.</summary>
    public IReadOnlyList<BusException> Failures
    {
        get
        {
            lock (gate)
                return [.. failures];
        }
    }

    /// <summary>Completes when so many messages were confirmed.</summary>
    public Task ReachedAsync(int count)
    {
        lock (gate)
        {
            var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            marks.Add((count, reached));
            Complete();
            return reached.Task;
        }
    }

    /// <summary>Sends all; gives up when the bus has not taken anything for too long.</summary>
    public async Task RunAsync()
    {
        var sinceProgress = Stopwatch.StartNew();
        while (confirmed < total)
        {
            try
            {
                var count = Math.Min(batch, total - confirmed);
                await producer.SendAsync(BusMessages.Numbered(first + confirmed, count), default);
                Confirm(count);
                sinceProgress.Restart();
            }
            catch (BusException failure) when (sinceProgress.Elapsed < recoveryBound)
            {
                lock (gate)
                    failures.Add(failure);
                Confirm(failure.Confirmed);
                await Task.Delay(TimeSpan.FromMilliseconds(100), TimeProvider.System);
            }
        }
    }

    private void Confirm(int count)
    {
        lock (gate)
        {
            confirmed += count;
            Complete();
        }
    }

    private void Complete()
    {
        foreach (var mark in marks.Where(mark => mark.Count <= confirmed).ToList())
        {
            mark.Reached.TrySetResult();
            marks.Remove(mark);
        }
    }
}
