using System.Diagnostics;
using System.Globalization;

namespace Hermes.Bus.Benchmarks;

/// <summary>Runs two ways of the same work in turns and prints the best of each and their ratio.</summary>
internal static class Comparison
{
    private const int Rounds = 5;

    public static async Task RunAsync(string what, int messages, Func<int, Task> hermes, Func<int, Task> bare)
    {
        var (best, bestBare) = (double.MaxValue, double.MaxValue);
        for (var round = 0; round < Rounds; round++)
        {
            bestBare = Math.Min(bestBare, await SecondsAsync(() => bare(round)));
            best = Math.Min(best, await SecondsAsync(() => hermes(round)));
        }

        Console.WriteLine(string.Create(
            CultureInfo.InvariantCulture,
            $"{what,-28} {messages / best,10:N0}/s   bare {messages / bestBare,10:N0}/s   ratio {bestBare / best:0.00}"));
    }

    private static async Task<double> SecondsAsync(Func<Task> work)
    {
        GC.Collect();
        var watch = Stopwatch.StartNew();
        await work();
        return watch.Elapsed.TotalSeconds;
    }
}
