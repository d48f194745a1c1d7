using Hermes.Abstractions.Notifications;
using Hermes.Runtime.Notifications;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.State;
using Hermes.ServerRuntime.Steps;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime;

/// <summary>
/// What a server does over and over, in running order. Each step either completes or throws; whatever is durable by then stays, and the
/// next run goes on from
/// there. <see cref="PollStep"/> is itself Fetch, Map, Merge, Integrity, Diff, Guard, Store.
/// </summary>
internal sealed class ServerCycle(
    ServerSettings settings,
    ServerSession session,
    AdoptSchema adoptSchema,
    OutboxPublisher outbox,
    PollStep poll,
    SendInitSync initSync,
    PreviewStep preview,
    PollReporter reporter,
    NotificationHub notifications,
    ILogger logger)
{
    private bool _isShown;

    /// <summary>Polls, and sends what was found.</summary>
    public async Task<PollResult> PollAsync(CancellationToken cancellationToken)
    {
        await AdoptSchemaAsync(cancellationToken);
        await outbox.DrainAsync(cancellationToken);
        var result = await poll.RunAsync(cancellationToken);
        await outbox.DrainAsync(cancellationToken);
        return session.Progress.IsInitSyncDue ? await InitSyncAsync(cancellationToken) : result;
    }

    /// <summary>Sends all cached entries, and polls right after, so that the secrets follow.</summary>
    public async Task<PollResult> InitSyncAsync(CancellationToken cancellationToken)
    {
        await AdoptSchemaAsync(cancellationToken);
        await outbox.DrainAsync(cancellationToken);

        // What clients that are there lose by a new schema, new ones must not lack if it comes back: so the poll that tells it comes first.
        if (!session.Header.IsFilled || session.Progress.IsPollDue)
            await poll.RunAsync(cancellationToken);
        initSync.Run();
        await outbox.DrainAsync(cancellationToken);
        var result = await poll.RunAsync(cancellationToken);
        await outbox.DrainAsync(cancellationToken);
        return result;
    }

    /// <summary>Tells what a poll would send.</summary>
    public async Task<PollPreview> PreviewAsync(int maxChangesPerType, CancellationToken cancellationToken)
    {
        await AdoptSchemaAsync(cancellationToken);
        return await preview.RunAsync(maxChangesPerType, cancellationToken);
    }

    private async Task AdoptSchemaAsync(CancellationToken cancellationToken)
    {
        var changes = adoptSchema.Run();
        if (!_isShown)
        {
            reporter.ShowStored();
            _isShown = true;
        }

        if (changes.Count == 0)
            return;
        Log.SchemaChanged(logger, settings.Name, string.Join("; ", changes));
        await notifications.TellAsync(NotificationTopic.SchemaChange, [], changes, cancellationToken);
    }
}
