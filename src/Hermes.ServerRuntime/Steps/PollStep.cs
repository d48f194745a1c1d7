using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Runs one poll and stores what it found, in one commit: the new cache, the events, the write-backs and the progress.</summary>
internal sealed class PollStep(
    ServerSettings settings, ServerSession session, ReadSources read, RemovalGuard guard, PollReporter reporter, TimeProvider time, ILogger logger)
{
    public async Task<PollResult> RunAsync(CancellationToken cancellationToken)
    {
        using var activity = HermesDiagnostics.Activities.StartActivity("hermes.server.poll");
        activity?.SetTag("hermes.server", settings.Name);
        var started = time.GetTimestamp();
        var result = session.Header.IsFilled ? await UpdateAsync(cancellationToken) : await FillAsync(cancellationToken);
        var duration = time.GetElapsedTime(started);
        HermesDiagnostics.PollDuration.Record(duration.TotalSeconds, HermesDiagnostics.Of(settings.Name));
        if (result.Added + result.Modified + result.Removed + result.Held > 0)
            Log.Polled(logger, settings.Name, result.Added, result.Modified, result.Removed, result.Held, duration);
        else
            Log.NothingChanged(logger, settings.Name, session.Known.Count, duration);
        return result;
    }

    // The very first poll.
    private async Task<PollResult> FillAsync(CancellationToken cancellationToken)
    {
        using var draft = session.State.BeginDraft(time.GetUtcNow());
        var poll = new Poll(settings.Model, session.Known, new FillingSink(draft));
        await read.RunAsync(poll, cancellationToken);
        var report = poll.Finish(cancellationToken);
        var now = time.GetUtcNow();
        session.Commit(
            draft, session.Header with { IsFilled = true }, session.Progress with { LastUpdate = now, IsInitSyncDue = settings.InitSyncAtFirstPoll });
        Remember(poll, []);
        Log.Filled(logger, settings.Name, session.Known.Count);
        await reporter.ReportAsync(report, new GuardVerdict([], [], []), cancellationToken);
        return new PollResult(now, 0, 0, 0, 0, null);
    }

    private async Task<PollResult> UpdateAsync(CancellationToken cancellationToken)
    {
        using var draft = session.State.BeginDraft(time.GetUtcNow());
        var sink = new StagingSink(settings.Model, session.Known, draft);
        var poll = new Poll(settings.Model, session.Known, sink);
        await read.RunAsync(poll, cancellationToken);
        var report = poll.Finish(cancellationToken);

        var verdict = guard.Judge(sink.Removals, type => session.Known.IndexOf(type).Count);
        sink.StageRemovals(verdict.Released);
        sink.StageWriteBacks();

        var now = time.GetUtcNow();
        var progress = PollProgress.After(session.Progress, report, verdict, now);
        var before = session.State.LastSequence;
        var sequences = session.Commit(draft, session.Header, progress);
        foreach (var (tag, sequence) in sequences)
            session.Secrets.Add(sequence, sink.WithSecrets[tag]);
        Remember(poll, [.. verdict.Held, .. verdict.Rejected]);
        guard.Remember(verdict);

        HermesDiagnostics.EventsStored.Add(session.State.LastSequence - before, HermesDiagnostics.Of(settings.Name));
        await reporter.ReportAsync(report, verdict, cancellationToken);
        return new PollResult(
            now,
            report.Types.Sum(type => type.Added),
            report.Types.Sum(type => type.Modified),
            verdict.Released.Count,
            verdict.Held.Count + verdict.Rejected.Count,
            null);
    }

    // The state has the poll; from here on, the index must follow or be read anew.
    private void Remember(Poll poll, IReadOnlyList<PendingRemoval> kept)
    {
        try
        {
            var known = session.Known;
            var fingerprints = kept.Select(removal => known.IndexOf(removal.Type).TryGet(removal.KeyHash, out var print, out _) ? print : default).ToList();
            poll.Commit();
            foreach (var (removal, fingerprint) in kept.Zip(fingerprints))
                known.IndexOf(removal.Type).Load(removal.KeyHash, fingerprint, removal.Id);
        }
        catch
        {
            session.Forget();
            throw;
        }
    }
}
