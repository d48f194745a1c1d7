using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>Stores the very first poll, in one commit: it fills the cache and sends nothing.</summary>
internal sealed class Fill(ServerServices server) : IPollStep
{
    private readonly ServerSession _session = server.Session;

    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        using var run = new PollRun(server);
        await using (var transaction = await _session.State.BeginAsync(cancellationToken))
        {
            var entries = new EntryWriter(transaction);
            await foreach (var batch in poll.Changes)
                await entries.WriteAsync(batch, cancellationToken);
            var progress = _session.Progress with { LastUpdate = server.Time.GetUtcNow(), IsInitSyncDue = server.Settings.InitSyncAtFirstPoll };
            await _session.CommitAsync(transaction, _session.Header with { IsFilled = true }, progress, cancellationToken);
        }

        poll.Remember();
        Log.Filled(server.Logger, server.Settings.Name, _session.Known.Count);
        await server.Reports.TellAsync(poll.Poll.Report, GuardVerdict.None, cancellationToken);
        poll.Result = run.Complete(new PollResult(_session.Progress.LastUpdate!.Value, 0, 0, 0, 0, null));
    }
}
