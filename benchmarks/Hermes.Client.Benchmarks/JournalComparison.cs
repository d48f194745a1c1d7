using System.Diagnostics;
using System.Globalization;

namespace Hermes.Client.Benchmarks;

/// <summary>What the journal of calls costs, where it costs most: with a target that does nothing.</summary>
internal static class JournalComparison
{
    private const int Pairs = 7;

    public static async Task RunAsync(Sizes sizes)
    {
        var ratios = new List<double>();
        for (var pair = 0; pair < Pairs; pair++)
        {
            var (without, with) = (await RateAsync("without", sizes), await RateAsync("initsync", sizes));
            Console.WriteLine($"without {without:F0}/s, with {with:F0}/s");
            ratios.Add(with / without);
        }

        ratios.Sort();
        Console.WriteLine($"throughput with the journal, times that without it: {ratios[Pairs / 2]:F3} (of {Pairs} pairs: {ratios[0]:F3} to {ratios[^1]:F3})");
    }

    private static async Task<double> RateAsync(string verb, Sizes sizes)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, [verb, .. sizes.ToWords()]) { RedirectStandardOutput = true };
        using var run = Process.Start(start)!;
        var output = await run.StandardOutput.ReadToEndAsync();
        await run.WaitForExitAsync();
        var line = output.Split('\n').Single(line => line.EndsWith("/s", StringComparison.Ordinal));
        return double.Parse(line[(line.LastIndexOf(' ') + 1)..^2], CultureInfo.InvariantCulture);
    }
}
