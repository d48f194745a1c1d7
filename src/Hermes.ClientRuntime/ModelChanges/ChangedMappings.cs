using System.Collections.Frozen;
using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.ClientRuntime.Mapping;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.Trashbin;
using Hermes.Events.Schema;

namespace Hermes.ClientRuntime.ModelChanges;

/// <summary>Computes the attributes whose mapping is another now, of all entries and of all events that wait.</summary>
internal sealed class ChangedMappings(ClientSession session, ModelEvents events, InFlight inFlight)
{
    public async ValueTask RunAsync(ModelSnapshot before, IReadOnlyDictionary<string, FrozenSet<string>> changed)
    {
        foreach (var type in session.Bound.Types)
        {
            if (changed.TryGetValue(type.Name, out var attributes))
                await RecomputeAllAsync(type, before.Types[type.Name], attributes);
        }
    }

    private async ValueTask RecomputeAllAsync(BoundType type, TypeSnapshot known, FrozenSet<string> changed)
    {
        var old = type.Remote is { } remoteType && inFlight != InFlight.Nothing
            ? new OldMapping(known, changed, remoteType, session.Services.Templates)
            : null;
        await foreach (var remote in session.ReadAsync(EntryTable.Remote(type.Type.RemoteType)))
        {
            var id = new EntryId(type.Name, remote.Key);
            foreach (var queued in await events.WaitingForAsync(id))
                await RecomputeAsync(type, queued, changed);
            if (remote.Expected is { } view)
                await RecomputeAsync(type, id, view, changed, old);
        }
    }

    // What was partially processed, or may have been, is finished as it began.
    private async ValueTask RecomputeAsync(BoundType type, QueuedEvent queued, FrozenSet<string> changed)
    {
        if (queued.Attempts.IsPartiallyProcessed || queued.Attempts.MayBeApplied || queued.Event.Remote is not { } remote)
            return;
        var local = queued.Event.Local is { } before
            ? Conversion.Recompute(type, remote, before, changed)
            : Conversion.Convert(type, null, remote, null);
        var secrets = queued.Event.Secrets with { Local = Conversion.ConvertSecrets(type, remote.Entry, queued.Event.Secrets.Remote) };
        var applied = (await session.FindAsync(EntryTable.Local(type.Name), queued.Event.Key)).Applied;
        session.PutQueued(Replacement.Of(queued, queued.Event with { Local = local, Secrets = secrets, Fault = null, RemoteBefore = null, Origin = default }, applied));
    }

    private async ValueTask RecomputeAsync(BoundType type, EntryId id, EntryView remote, FrozenSet<string> changed, OldMapping? old)
    {
        var table = EntryTable.Local(type.Name);
        var entry = await session.FindAsync(table, id.Key);

        // The expected view stays behind while a conversion fails: what waits last is what the entry becomes. And behind what waits, nothing was with the target.
        var last = session.Queue.LastOf(id) is { } item ? await session.ReadQueuedAsync(item) : null;
        // What went to the trashbin before the target ever had it has no local entry: it is made when it comes back.
        if (last is null && remote.IsTrashed && entry.IsGone)
            return;
        var known = last is null ? entry.Expected : last.Event.Local;
        var after = known is { } before ? Conversion.Recompute(type, remote, before, changed) : Conversion.Convert(type, null, remote, null)!;
        var applied = old is null || last is not null || entry.Applied is null
            ? entry.Applied
            : old.MayHave(entry.Applied, inFlight.ContentsOf(new EntryId(type.Type.RemoteType, id.Key), remote.Entry), after.Entry);
        var from = last is null ? applied : known;
        if (ChangePlan.EventKind(from, after, EventSecrets.None) is { } kind && session.Services.Target.WantsAny(type.Name))
        {
            events.Enqueue(new LocalEvent(type.Name, id.Key, kind, type.Type.RemoteType, remote, after, EventSecrets.None));
            session.Put(table, entry with { Applied = applied, Expected = after });
        }
        else
        {
            var isSettled = last is null && !remote.IsTrashed;
            session.Put(table, entry with { Applied = isSettled ? after : applied, Expected = after });
        }
    }
}

/// <summary>The attributes of a local type whose mapping is another now, as they were computed before.</summary>
internal sealed class OldMapping
{
    private readonly ImmutableArray<AttributeMapping> _mappings;

    /// <param name="known">The local type before the change.</param>
    /// <param name="changed">The local attributes whose mapping changed.</param>
    /// <param name="remote">The remote type. What is computed from a secret attribute of it is in no view, and not computed here.</param>
    /// <param name="templates">Compiles the templates of before.</param>
    /// <exception cref="TemplateException">A template of before can no longer be compiled.</exception>
    public OldMapping(TypeSnapshot known, IReadOnlySet<string> changed, TypeSchema remote, ITemplateEngine templates) => _mappings =
    [
        .. known.Mapping
            .Where(mapping => changed.Contains(mapping.Key))
            .Select(mapping => AttributeMapping.Create(mapping.Key, mapping.Value, templates))
            .Where(mapping => !mapping.Variables.Any(remote.SecretAttributes.Contains)),
    ];

    /// <summary>
    /// An entry as the target may have it, after events whose outcome is not known. An attribute to which they gave another value than it is to have now is taken to
    /// have that value, so that the target is told of it in any case.
    /// </summary>
    /// <param name="applied">The entry as the state has it.</param>
    /// <param name="contents">What the remote entry became in these events.</param>
    /// <param name="after">What the local entry is to be now.</param>
    public EntryView MayHave(EntryView applied, IEnumerable<Entry> contents, Entry after)
    {
        var changes = new Dictionary<string, Value>(StringComparer.Ordinal);
        foreach (var content in contents)
        {
            foreach (var mapping in _mappings)
            {
                if (TryEvaluate(mapping, content) is { } value && value != after.Get(mapping.Local))
                    changes[mapping.Local] = value;
            }
        }

        return changes.Count == 0 ? applied : applied with { Entry = Entry.Create(applied.Entry.Where(attribute => !changes.ContainsKey(attribute.Key)).Concat(changes)) };
    }

    private static Value? TryEvaluate(AttributeMapping mapping, Entry content)
    {
        try
        {
            return mapping.Evaluate(content);
        }
        catch (TemplateException)
        {
            // An event that could not be converted never reached the target.
            return null;
        }
    }
}
