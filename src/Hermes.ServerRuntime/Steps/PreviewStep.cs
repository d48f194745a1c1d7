using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Runs a poll of which nothing is stored or sent, and tells what it found.</summary>
internal sealed class PreviewStep(ServerSettings settings, ServerSession session, ReadSources read, RemovalGuard guard)
{
    public async Task<PollPreview> RunAsync(int maxChangesPerType, CancellationToken cancellationToken)
    {
        var sink = new PreviewSink(settings, maxChangesPerType);
        var poll = new Poll(settings.Model, session.Known, sink);
        await read.RunAsync(poll, cancellationToken);
        var report = poll.Finish(cancellationToken);
        var verdict = guard.Judge(sink.Removals, type => session.Known.IndexOf(type).Count);
        return new PollPreview(!session.Header.IsFilled, verdict.Held.Count > 0, sink.ToTypes(report));
    }
}
