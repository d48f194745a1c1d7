using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.Schema;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Puts all cached entries into the outbox as an initsync sequence, batch by batch. It carries no secrets, since none are cached; the poll
/// that follows sends all of them.
/// </summary>
internal sealed class InitSync(ServerServices server) : IPollStep
{
    public async ValueTask RunAsync(PollContext poll, CancellationToken cancellationToken)
    {
        var session = server.Session;
        var model = server.Settings.Model;
        await using var transaction = await session.State.BeginAsync(cancellationToken);
        var header = session.Header;
        var start = new InitStartEvent(SchemaText.Read(header.Schema));
        var resync = session.Progress.IsResyncDue ? session.Progress.Resync : null;
        if (resync is not null)
        {
            // The numbers start anew; start, entries and stop are what write-backs wait for.
            await transaction.StartAnewAsync(session.Known.Count + session.Retained.Sum(type => (long)type.Set.Keys.Count) + 2, cancellationToken);
            header = header with { ProducerId = Guid.NewGuid().ToString("N"), LastSequence = 0 };
            start = start with { IsResync = true, Predecessor = resync.Predecessor };
        }

        var outbox = new OutboxWriter(transaction, header.LastSequence, server.Time.GetUtcNow());
        var entries = 0L;
        await outbox.AppendAsync(start, cancellationToken);
        foreach (var type in model.Types)
        {
            await foreach (var batch in session.State.ReadEntriesAsync(type.Name, cancellationToken))
            {
                foreach (var stored in batch)
                {
                    var cached = CachedEntry.Decode(stored.Content);
                    var added = new AddedEvent(type.Name, type.KeyOf(cached.All), SentOf(type, cached), EventCategory.InitSync);
                    await outbox.AppendAsync(added, cancellationToken);
                }

                entries += batch.Count;
            }
        }

        foreach (var type in session.Retained)
            entries += await AppendAsync(outbox, session, type.Schema, cancellationToken);

        await outbox.AppendAsync(new InitStopEvent(), cancellationToken);
        await outbox.FlushAsync(cancellationToken);
        var progress = session.Progress with { IsInitSyncDue = false };
        if (resync is not null)
            progress = progress with { Predecessor = resync.Predecessor, Resync = resync with { Through = outbox.LastSequence } };
        await session.CommitAsync(transaction, header with { LastSequence = outbox.LastSequence }, progress, cancellationToken);
        if (resync is not null)
            session.Secrets.Clear();
        session.Known.ForgetSecrets();
        Log.InitSyncStored(server.Logger, server.Settings.Name, entries);
    }

    // Clients have what is retained, and a new one must not lack it.
    private static async Task<long> AppendAsync(OutboxWriter outbox, ServerSession session, TypeSchema type, CancellationToken cancellationToken)
    {
        var count = 0L;
        await foreach (var batch in session.State.ReadEntriesAsync(type.Name, cancellationToken))
        {
            foreach (var cached in batch.Select(stored => CachedEntry.Decode(stored.Content)))
            {
                if (!SchemaKey.TryGet(type.Key, cached.All, out var key))
                    throw new InvalidDataException($"A cached entry of {type.Name} has no key: the server's state is damaged. Restore it from a backup.");
                var sent = Entry.Create(cached.Sent.Where(attribute => type.Attributes.Contains(attribute.Key)));
                await outbox.AppendAsync(new AddedEvent(type.Name, key, sent, EventCategory.InitSync), cancellationToken);
                count++;
            }
        }

        return count;
    }

    // A cached entry that keeps its place, because of a conflict for one, may hold attributes that have left the schema.
    private static Entry SentOf(DataType type, CachedEntry cached)
    {
        foreach (var name in cached.Sent.Keys)
        {
            if (!type.SentAttributes.Contains(name))
                return Entry.Create(cached.Sent.Where(attribute => type.SentAttributes.Contains(attribute.Key)));
        }

        return cached.Sent;
    }
}
