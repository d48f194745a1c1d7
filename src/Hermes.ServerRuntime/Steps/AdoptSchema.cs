using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.ServerRuntime.Schema;
using Hermes.ServerRuntime.Staging;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Brings the cache to the data model's schema, in one commit: entries of dropped types leave, attributes that became secret are purged,
/// entries whose
/// key changed are re-keyed, and the clients are told the new schema.
/// </summary>
internal sealed class AdoptSchema(ServerModel model, ServerSession session, TimeProvider time)
{
    private const int BeforeSchema = 0;
    private const int AfterSchema = 1;

    private readonly DataSchema _schema = ModelSchema.Of(model);
    private bool _purges;

    /// <returns>What changed, in words; empty if nothing did.</returns>
    public IReadOnlyList<string> Run()
    {
        var changes = AdoptIfChanged();
        if (session.Progress.IsEraseDue)
            Erase();
        return changes;
    }

    private IReadOnlyList<string> AdoptIfChanged()
    {
        var header = session.Header;
        var text = SchemaText.Write(_schema);
        if (header.Schema == text)
            return [];

        var old = header.Schema.Length == 0 ? DataSchema.Empty : SchemaText.Read(header.Schema);
        using var draft = session.State.BeginDraft(time.GetUtcNow());

        // On the very first start there is nobody to tell, and nothing cached.
        if (header.IsFilled)
        {
            foreach (var type in old.Types.Reverse())
                Adopt(draft, type);
            draft.Append(StagedEvents.Of(new DataSchemaEvent(_schema), AfterSchema));
        }

        var progress = session.Progress with { IsEraseDue = session.Progress.IsEraseDue || _purges, IsPollDue = header.IsFilled };
        session.Commit(draft, header with { Schema = text }, progress);
        session.Forget();
        return header.IsFilled ? SchemaDifference.Describe(old, _schema) : [];
    }

    // Noted in the state until it is done: a kill in between must not leave values that are secret now.
    private void Erase()
    {
        session.State.Erase();
        using var draft = session.State.BeginDraft(time.GetUtcNow());
        session.Commit(draft, session.Header, session.Progress with { IsEraseDue = false });
    }

    private void Adopt(IStateDraft draft, TypeSchema old)
    {
        if (!model.TryGetType(old.Name, out var type))
        {
            foreach (var entry in session.State.ReadEntries(old.Name))
                draft.Append(RemovedEvent(old, CachedEntry.Decode(entry.Row.Content)));
            draft.DropType(old.Name);
            return;
        }

        var secret = type.Attributes.Where(attribute => attribute.IsSensitive).Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        var isRekeyed = !old.Key.SequenceEqual(type.Key, StringComparer.Ordinal);
        var isPurged = secret.Any(attribute => !old.SecretAttributes.Contains(attribute));
        _purges |= isPurged;
        if (isRekeyed || isPurged)
            Rewrite(draft, old, type, secret, isRekeyed);
    }

    private void Rewrite(IStateDraft draft, TypeSchema old, DataType type, HashSet<string> secret, bool isRekeyed)
    {
        var keys = new HashSet<KeyHash>();
        foreach (var entry in session.State.ReadEntries(type.Name))
        {
            var cached = CachedEntry.Decode(entry.Row.Content);
            var kept = cached.Without(secret);
            var keyHash = isRekeyed ? KeyOf(type, kept) : entry.Row.KeyHash;

            // An entry that does not have the new key yet, or shares it, cannot be carried over: it leaves, and the next poll adds it anew.
            if (keyHash is { } hash && keys.Add(hash))
            {
                var content = kept.Encode();
                draft.Update(type.Name, entry.Id, new StoredRow(hash, session.Hasher.HashContent(content), content), null);
            }
            else
            {
                draft.Delete(type.Name, entry.Id, RemovedEvent(old, cached));
            }
        }
    }

    private KeyHash? KeyOf(DataType type, CachedEntry entry) =>
        SchemaKey.TryGet(type.Key, entry.All, out var key) ? session.Hasher.HashKey(key) : null;

    private static StagedEvent RemovedEvent(TypeSchema old, CachedEntry entry) =>
        SchemaKey.TryGet(old.Key, entry.All, out var key)
            ? StagedEvents.Of(new RemovedEvent(old.Name, key), BeforeSchema)
            : throw new InvalidDataException($"A cached entry of {old.Name} has no key: the server's state is damaged. Restore it from a backup.");
}
