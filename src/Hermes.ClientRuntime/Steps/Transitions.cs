using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;

namespace Hermes.ClientRuntime.Steps;

/// <summary>What follows for the local entries when a remote entry becomes another. The entries were taken into memory before.</summary>
internal sealed class Transitions(ClientSession session)
{
    /// <summary>The transitions of all local types that the remote type feeds.</summary>
    /// <param name="remoteType">The remote type.</param>
    /// <param name="before">The remote entry as it was.</param>
    /// <param name="after">What it becomes.</param>
    /// <param name="secrets">The secret attributes that come along.</param>
    /// <param name="origin">What it comes from.</param>
    /// <param name="isInDoubt">Whether the target may have something else of it than is known: it is told even if nothing changes.</param>
    public ConvertedEvent Of(
        string remoteType, in StoredEntry before, EntryView? after, AttributeChanges secrets, EventOrigin origin = default, bool isInDoubt = false)
    {
        var fed = session.Bound.FedBy(remoteType);
        var locals = ImmutableArray.CreateBuilder<LocalTransition>(fed.Length);
        foreach (var type in fed)
            locals.Add(Local(type, before, after, secrets, origin, isInDoubt));
        return new ConvertedEvent(remoteType, before, after, locals.MoveToImmutable());
    }

    private LocalTransition Local(BoundType type, in StoredEntry remote, EntryView? after, AttributeChanges secrets, EventOrigin origin, bool isInDoubt)
    {
        var (id, remoteBefore) = (new EntryId(type.Name, remote.Key), remote.Expected);
        var before = session.Find(EntryTable.Local(type.Name), remote.Key);
        var isRemoval = after is null or { IsTrashed: true };

        // What the target has when it is the turn of this event: what was expected, unless an event was discarded.
        var last = session.Queue.LastOf(id);
        var has = last is null ? before.Applied : before.Expected;
        if (isRemoval && has is null && last is null)
            return new LocalTransition(type, before, null, null);

        // What an event behind a failed conversion yields can only be told when that has succeeded. No view shows what it is until then.
        if (last is { IsFaulty: true })
            return Faulty($"waits for the conversion of {last}", isAbsent: last.Kind == LocalEventKind.Removed);
        try
        {
            var local = Conversion.Convert(type, remoteBefore, after, before.Expected);
            var carried = new EventSecrets(secrets, after is null ? AttributeChanges.None : Conversion.ConvertSecrets(type, after.Entry, secrets));
            var change = ChangePlan.EventKind(has, local, carried) ?? (isInDoubt && local is { IsTrashed: false } ? LocalEventKind.Modified : null);
            return new LocalTransition(
                type,
                before,
                local,
                change is { } kind
                    ? new LocalEvent(type.Name, remote.Key, kind, type.Type.RemoteType, after, local, carried) { Origin = origin }
                    : null);
        }
        catch (TemplateException exception)
        {
            return Faulty(exception.Message, isAbsent: false);
        }

        LocalTransition Faulty(string fault, bool isAbsent)
        {
            var kind = isRemoval ? LocalEventKind.Removed : ChangePlan.FaultyKind(isAbsent ? null : has);
            var carried = new EventSecrets(secrets, AttributeChanges.None);
            var @event = new LocalEvent(type.Name, id.Key, kind, type.Type.RemoteType, after, null, carried, fault) { RemoteBefore = remoteBefore, Origin = origin };
            return new LocalTransition(type, before, before.Expected, @event);
        }
    }
}
