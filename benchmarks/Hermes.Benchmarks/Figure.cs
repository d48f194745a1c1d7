using System.Text.Json.Serialization;

namespace Hermes.Benchmarks;

/// <summary>One thing that was measured.</summary>
/// <param name="Seconds">How long it took.</param>
/// <param name="Items">How many rows or events that were.</param>
/// <param name="PeakMegabytes">The most memory that the process of the phase held at any time.</param>
internal sealed record Figure(double Seconds, long Items, double PeakMegabytes)
{
    [JsonIgnore]
    public double PerSecond => Items / Seconds;
}
