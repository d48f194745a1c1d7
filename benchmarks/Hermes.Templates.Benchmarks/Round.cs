using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Benchmarks;

/// <summary>What one evaluation cost on average.</summary>
/// <param name="Nanoseconds">The processor's time, which other processes on the machine do not stretch.</param>
/// <param name="BytesAllocated">The memory allocated.</param>
internal sealed record Round(double Nanoseconds, double BytesAllocated)
{
    private const int Evaluations = 1_000_000;

    public static Round Measure(ITemplate template, Value[] values)
    {
        var memory = GC.GetAllocatedBytesForCurrentThread();
        var started = Environment.CpuUsage.TotalTime;
        for (var i = 0; i < Evaluations; i++)
            template.Evaluate(values);
        var time = Environment.CpuUsage.TotalTime - started;
        memory = GC.GetAllocatedBytesForCurrentThread() - memory;
        return new Round(time.TotalNanoseconds / Evaluations, (double)memory / Evaluations);
    }
}
