using System.Diagnostics;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Traces and measures one poll, from its first row to its commit.</summary>
internal sealed class PollRun : IDisposable
{
    private readonly ServerServices _server;
    private readonly Activity? _activity = ServerTelemetry.Activities.StartActivity("hermes.server.poll");
    private readonly long _started;

    public PollRun(ServerServices server)
    {
        _server = server;
        _activity?.SetTag("hermes.server", server.Settings.Name);
        _started = server.Time.GetTimestamp();
    }

    /// <summary>Takes note of the result, and returns it.</summary>
    public PollResult Complete(PollResult result)
    {
        var (name, duration) = (_server.Settings.Name, _server.Time.GetElapsedTime(_started));
        ServerTelemetry.PollDuration.Record(duration.TotalSeconds, ServerTelemetry.Of(name));
        if (result.Added + result.Modified + result.Removed + result.Held > 0)
            Log.Polled(_server.Logger, name, result.Added, result.Modified, result.Removed, result.Held, duration);
        else
            Log.NothingChanged(_server.Logger, name, _server.Session.Known.Count, duration);
        return result;
    }

    public void Dispose() => _activity?.Dispose();
}
