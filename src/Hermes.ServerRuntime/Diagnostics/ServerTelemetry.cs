using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hermes.Runtime.Diagnostics;

namespace Hermes.ServerRuntime.Diagnostics;

/// <summary>What a server tells tracing and metrics. No attribute's value is ever among the tags.</summary>
internal static class ServerTelemetry
{
    public static ActivitySource Activities => HermesTelemetry.Activities;

    private static Meter Meter => HermesTelemetry.Meter;

    public static Counter<long> RowsRead { get; } = Meter.CreateCounter<long>("hermes.server.rows", "{row}", "Rows read from data sources.");

    public static Counter<long> EventsStored { get; } =
        Meter.CreateCounter<long>("hermes.server.events.stored", "{event}", "Events put into the outbox.");

    public static Counter<long> EventsPublished { get; } =
        Meter.CreateCounter<long>("hermes.server.events.published", "{event}", "Events that the bus confirmed.");

    public static Counter<long> Failures { get; } = Meter.CreateCounter<long>("hermes.server.failures", "{failure}", "Tries that failed.");

    public static Histogram<double> PollDuration { get; } =
        Meter.CreateHistogram<double>("hermes.server.poll.duration", "s", "Time from the first read to the stored result.");

    public static Gauge<long> OutboxLength { get; } = Meter.CreateGauge<long>("hermes.server.outbox", "{event}", "Events that wait to be sent.");

    public static Gauge<long> Entries { get; } = Meter.CreateGauge<long>("hermes.server.entries", "{entry}", "Cached entries.");

    public static TagList Of(string server) => new() { { "hermes.server", server } };

    public static TagList Of(string server, string type) => new() { { "hermes.server", server }, { "hermes.type", type } };
}
