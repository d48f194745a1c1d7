using System.Diagnostics;
using System.Diagnostics.Metrics;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Targets;
using Hermes.Runtime.Diagnostics;

namespace Hermes.ClientRuntime.Diagnostics;

/// <summary>Traces and metrics of a client.</summary>
internal sealed class ClientTelemetry(string client, TimeProvider time)
{
    private static readonly Counter<long> Received = HermesTelemetry.Meter.CreateCounter<long>("hermes.client.events.received", "{event}", "Events read from the bus.");
    private static readonly Counter<long> Queued = HermesTelemetry.Meter.CreateCounter<long>("hermes.client.events.queued", "{event}", "Events put into the error queue.");
    private static readonly Counter<long> DeadLetters = HermesTelemetry.Meter.CreateCounter<long>("hermes.client.dead_letters", "{message}", "Messages set aside.");
    private static readonly Histogram<double> Calls = HermesTelemetry.Meter.CreateHistogram<double>("hermes.client.call.duration", "s", "Calls of the target.");

    private readonly KeyValuePair<string, object?> _clientTag = new("hermes.client", client);

    /// <summary>Whether the time of a call must be taken.</summary>
    private static bool IsObserved => HermesTelemetry.Activities.HasListeners() || Calls.Enabled;

    public void CountReceived(int events) => Received.Add(events, _clientTag);

    public void CountQueued() => Queued.Add(1, _clientTag);

    public void CountDeadLetter() => DeadLetters.Add(1, _clientTag);

    /// <summary>Continues the trace of the server that sent a message, if its headers name one.</summary>
    public Activity? StartEvent(BusMessage message)
    {
        if (!HermesTelemetry.Activities.HasListeners())
            return null;
        return HermesTelemetry.Activities.StartActivity("hermes.client.receive", ActivityKind.Consumer, TraceOf(message))?.SetTag(_clientTag.Key, _clientTag.Value);
    }

    private static ActivityContext TraceOf(BusMessage message)
    {
        try
        {
            return message.Headers.TryGetValue("traceparent", out var parent)
                && ActivityContext.TryParse(parent, message.Headers.GetValueOrDefault("tracestate"), isRemote: true, out var context) ? context : default;
        }
        catch (BusException)
        {
            // Headers that cannot be read cost the trace, not the event.
            return default;
        }
    }

    /// <summary>Starts the trace of one call. The key and the attributes are not part of it.</summary>
    /// <param name="change">What the target is given.</param>
    /// <param name="parent">The trace that it belongs to; if none is named, the one that is open.</param>
    public Call StartCall(TargetChange change, ActivityContext parent)
    {
        if (!IsObserved)
            return default;
        var activity = HermesTelemetry.Activities.StartActivity("hermes.client.apply", ActivityKind.Consumer, parent);
        activity?.SetTag(_clientTag.Key, _clientTag.Value).SetTag("hermes.type", change.Type).SetTag("hermes.kind", change.Kind.ToString());
        return new Call(this, activity, change, time.GetTimestamp());
    }

    /// <summary>A call of the target that is being traced.</summary>
    internal readonly struct Call(ClientTelemetry telemetry, Activity? activity, TargetChange change, long start) : IDisposable
    {
        public void Succeeded() => Record("ok");

        public void Failed(string message)
        {
            activity?.SetStatus(ActivityStatusCode.Error, message);
            Record("failed");
        }

        public void Dispose() => activity?.Dispose();

        private void Record(string outcome)
        {
            if (telemetry is null)
                return;
            Calls.Record(
                telemetry.Elapsed(start),
                telemetry.Tag,
                new("hermes.type", change.Type),
                new("hermes.kind", change.Kind.ToString()),
                new("hermes.outcome", outcome));
        }
    }

    private KeyValuePair<string, object?> Tag => _clientTag;

    private double Elapsed(long start) => time.GetElapsedTime(start).TotalSeconds;
}
