using System.Collections.Immutable;
using Hermes.Diff.Diffing;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.WriteBack;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Pulls the changes through, and stores in one commit: the new cache, the events, the write-backs and the progress.</summary>
internal sealed class Store(ServerServices server) : IPollStep
{
    private readonly ServerSession _session = server.Session;

    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        using var run = new PollRun(server);
        var withSecrets = await StoreAsync(poll, cancellationToken);
        foreach (var (sequence, complete) in withSecrets)
            _session.Secrets.Add(sequence, complete);
        poll.Remember();
        server.Guard.Remember(poll.Verdict);

        var report = poll.Poll.Report;
        await server.Reports.TellAsync(report, poll.Verdict, cancellationToken);
        poll.Result = run.Complete(new PollResult(
            _session.Progress.LastUpdate!.Value,
            report.Types.Sum(type => type.Added),
            report.Types.Sum(type => type.Modified),
            poll.Verdict.Released.Count,
            poll.Verdict.Count,
            null));
    }

    private async Task<List<(long Sequence, Events.HermesEvent Complete)>> StoreAsync(PollContext poll, CancellationToken cancellationToken)
    {
        await using var transaction = await _session.State.BeginAsync(cancellationToken);
        var outbox = new OutboxWriter(transaction, _session.Header.LastSequence, server.Time.GetUtcNow());
        var entries = new EntryWriter(transaction);
        using var spool = new PollSpool();
        var events = new PollEvents(server.Settings.Model, spool);
        var writeBacks = new TypeWriteBacks(server.Settings.Model, _session);
        await foreach (var batch in poll.Changes)
        {
            await AddEventsAsync(events, batch, cancellationToken);
            foreach (var change in batch.Changes)
                writeBacks.Note(change);
            await entries.WriteAsync(batch, cancellationToken);
        }

        var last = await events.AppendAsync(outbox, cancellationToken);
        await writeBacks.AppendAsync(outbox, last, cancellationToken);
        await outbox.FlushAsync(cancellationToken);

        var header = _session.Header with { LastSequence = outbox.LastSequence };
        ServerTelemetry.EventsStored.Add(outbox.LastSequence - _session.Header.LastSequence, ServerTelemetry.Of(server.Settings.Name));
        var progress = PollProgress.After(_session.Progress, _session.LastConfirmed, poll.Poll.Report, poll.Verdict, server.Time.GetUtcNow());
        var decisions = _session.Decisions.After(poll.Verdict, name => server.Settings.Model.TryGetType(name, out _));
        await _session.CommitAsync(transaction, header, progress, decisions, cancellationToken);
        return events.WithSecrets;
    }

    private async ValueTask AddEventsAsync(PollEvents events, ChangeBatch batch, CancellationToken cancellationToken)
    {
        var old = new CachedContents(batch.Type);
        foreach (var change in batch.Changes)
        {
            if (change is RemovedEntry && WriteBackPlanner.WantsOne(batch.Type))
                old.Need(change.Id);
        }

        await _session.GiveAsync(old, cancellationToken);
        foreach (var change in batch.Changes)
        {
            switch (change)
            {
                case AddedEntry added: events.Add(added); break;
                case ModifiedEntry modified: events.Add(modified); break;
                case RemovedEntry removed: events.Add(removed, old.TryGet(removed.Id, out var content) ? CachedEntry.Decode(content) : null); break;
                case WithdrawnEntry withdrawn: events.Withdraw(withdrawn); break;
            }
        }
    }
}

/// <summary>What a poll adds to the progress of a server.</summary>
internal static class PollProgress
{
    public static ServerProgress After(ServerProgress before, long confirmed, PollReport report, GuardVerdict verdict, DateTimeOffset now)
    {
        var removed = verdict.Released.CountBy(removal => removal.Type).ToDictionary();
        return before with
        {
            LastUpdate = now,
            IsPollDue = false,
            Resync = before.Resync?.Through <= confirmed ? null : before.Resync,
            Types = report.Types.ToImmutableDictionary(type => type.Type.Name, type =>
            {
                var old = before.Types.GetValueOrDefault(type.Type.Name);
                return new TypeProgress(
                    Newer(old?.LastAdded, type.Added), Newer(old?.LastModified, type.Modified), Newer(old?.LastRemoved, removed.GetValueOrDefault(type.Type)));
            }),
        };

        ChangeCount? Newer(ChangeCount? old, int count) => count > 0 ? new ChangeCount(now, count) : old;
    }
}
