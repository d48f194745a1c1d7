using System.Diagnostics;

namespace Hermes.TestSupport.Servers;

/// <summary>Waits for something outside this process that gives no signal.</summary>
public static class Polling
{
    private static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(50);

    /// <summary>Asks again and again until the answer is yes.</summary>
    /// <param name="condition">The question; an exception of it ends the waiting.</param>
    /// <param name="bound">How long to wait at most.</param>
    /// <param name="what">What is waited for, to complete "Waited for ...".</param>
    /// <param name="cancellationToken">Ends the waiting.</param>
    /// <exception cref="TimeoutException">The answer was still no when the time was over.</exception>
    public static async Task UntilAsync(Func<CancellationToken, Task<bool>> condition, TimeSpan bound, string what, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var watch = Stopwatch.StartNew();
        while (!await condition(cancellationToken))
        {
            if (watch.Elapsed > bound)
                throw new TimeoutException($"Waited for {what} for {bound.TotalSeconds:0} s in vain.");
            await Task.Delay(Interval, cancellationToken);
        }
    }
}
