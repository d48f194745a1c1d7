using System.Diagnostics;
using System.Globalization;

namespace Hermes.Http.Benchmarks;

/// <summary>What something took: the clock, and the time of the processors, that of a server in this process included, which tells more where others use the machine.</summary>
internal readonly record struct Cost(double Clock, double Work)
{
    public static async Task<Cost> OfAsync(Func<Task<long>> work, long expected)
    {
        GC.Collect();
        var (start, used) = (Stopwatch.GetTimestamp(), Environment.CpuUsage.TotalTime);
        var done = await work();
        var cost = new Cost(Stopwatch.GetElapsedTime(start).TotalMilliseconds, (Environment.CpuUsage.TotalTime - used).TotalMilliseconds);
        return done == expected ? cost : throw new InvalidOperationException($"{done} were done, not {expected}.");
    }

    public static void Tell(string name, IReadOnlyList<Cost> costs) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture, $"{name,-22} {costs.Min(cost => cost.Clock),7:F0} ms   processor {costs.Min(cost => cost.Work):F0} ms"));

    public static void TellRatio(string name, IReadOnlyList<Cost> bare, IReadOnlyList<Cost> through) => Console.WriteLine(string.Create(
        CultureInfo.InvariantCulture,
        $"{name,-22} {bare.Min(cost => cost.Clock) / through.Min(cost => cost.Clock),7:F2}      by processor {bare.Min(cost => cost.Work) / through.Min(cost => cost.Work):F2}"));
}
