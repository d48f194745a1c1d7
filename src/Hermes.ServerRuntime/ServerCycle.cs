using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Notifications;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Reporting;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime;

/// <summary>What a server does over and over; <see cref="ServerSteps"/> states it step by step.</summary>
internal sealed class ServerCycle(ServerServices server, AdoptSchema adoptSchema, PollStatus status, NotificationHub notifications)
{
    private readonly ServerSession _session = server.Session;
    private readonly ServerSteps _steps = new(server);

    /// <summary>Polls, and sends what was found.</summary>
    public async Task<PollResult> PollAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        var result = await PollOnceAsync(cancellationToken);
        return _session.Progress is { IsInitSyncDue: true } or { IsResyncDue: true } ? await InitSyncAsync(cancellationToken) : result;
    }

    /// <summary>Sends all cached entries, and polls right after, so that the secrets follow.</summary>
    public async Task<PollResult> InitSyncAsync(CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);

        // What clients that are there lose by a new schema, new ones must not lack if it comes back: so the poll that tells it comes first.
        if (!_session.Header.IsFilled || _session.Progress.IsPollDue)
            await PollOnceAsync(cancellationToken);
        await RunAsync(_steps.InitSync, cancellationToken);
        return await PollOnceAsync(cancellationToken);
    }

    /// <summary>Tells what a poll would send.</summary>
    public async Task<PollPreview> PreviewAsync(int maxChangesPerType, CancellationToken cancellationToken)
    {
        await PrepareAsync(cancellationToken);
        return (await RunAsync(_steps.Preview(maxChangesPerType), cancellationToken)).Preview!;
    }

    private async Task<PollResult> PollOnceAsync(CancellationToken cancellationToken) =>
        (await RunAsync(_session.Header.IsFilled ? _steps.Poll : _steps.Fill, cancellationToken)).Result!;

    private async Task<PollContext> RunAsync(IReadOnlyList<IPollStep> steps, CancellationToken cancellationToken)
    {
        var poll = new PollContext(server.Settings.Model, _session);
        foreach (var step in steps)
            await step.RunAsync(poll, cancellationToken);
        return poll;
    }

    private async Task PrepareAsync(CancellationToken cancellationToken)
    {
        await _session.RefreshAsync(cancellationToken);
        var changes = await adoptSchema.RunAsync(cancellationToken);
        await _session.LoadKnownAsync(cancellationToken);
        status.ShowStored();
        if (changes.Count == 0)
            return;
        Log.SchemaChanged(server.Logger, server.Settings.Name, string.Join("; ", changes));
        await notifications.TellAsync(NotificationTopic.SchemaChange, [], changes, cancellationToken);
    }
}
