using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Events;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Diagnostics;
using Hermes.ServerRuntime.Schema;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;
using Microsoft.Extensions.Logging;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Puts all cached entries into the outbox as an initsync sequence. It carries no secrets, since none are cached; the poll that follows
/// sends all of them.
/// </summary>
internal sealed class SendInitSync(ServerSettings settings, ServerSession session, TimeProvider time, ILogger logger)
{
    public void Run()
    {
        var entries = 0L;
        using var draft = session.State.BeginDraft(time.GetUtcNow());
        draft.Append(StagedEvents.Of(new InitStartEvent(ModelSchema.Of(settings.Model)), 0));
        foreach (var type in settings.Model.Types)
        {
            foreach (var stored in session.State.ReadEntries(type.Name))
            {
                var cached = CachedEntry.Decode(stored.Row.Content);
                draft.Append(StagedEvents.Of(new AddedEvent(type.Name, type.KeyOf(cached.All), Sent(type, cached), EventCategory.InitSync), 0));
                entries++;
            }
        }

        draft.Append(StagedEvents.Of(new InitStopEvent(), 0));
        session.Commit(draft, session.Header, session.Progress with { IsInitSyncDue = false });
        session.Known.ForgetSecrets();
        Log.InitSyncStored(logger, settings.Name, entries);
    }

    // A cached entry that keeps its place, because of a conflict for one, may hold attributes that have left the schema.
    private static Entry Sent(DataType type, CachedEntry cached)
    {
        foreach (var name in cached.Sent.Keys)
        {
            if (!type.SentAttributes.Contains(name))
                return Entry.Create(cached.Sent.Where(attribute => type.SentAttributes.Contains(attribute.Key)));
        }

        return cached.Sent;
    }
}
