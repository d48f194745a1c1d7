using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Hermes.Runtime.Diagnostics;

/// <summary>The one source of traces and the one meter of Hermes. No attribute's value is ever among the tags.</summary>
internal static class HermesTelemetry
{
    /// <summary>The name of both.</summary>
    public const string Name = "Hermes";

    public static ActivitySource Activities { get; } = new(Name);

    public static Meter Meter { get; } = new(Name);
}
