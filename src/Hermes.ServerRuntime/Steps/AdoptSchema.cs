using System.Collections.Immutable;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Guard;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.Schema;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Steps;

/// <summary>
/// Brings the cache to the data model's schema, in one commit: entries of dropped types leave, attributes that became secret are purged,
/// entries whose key changed are re-keyed, and the clients are told the new schema. A dropped type that the guard holds stays as it was.
/// </summary>
internal sealed class AdoptSchema(ServerSettings settings, ServerSession session, RemovalGuard guard, TimeProvider time)
{
    private readonly ServerModel _model = settings.Model;
    private readonly DroppedTypes _dropped = new(settings, session, guard);

    /// <returns>What changed, in words; empty if nothing did.</returns>
    public async ValueTask<IReadOnlyList<string>> RunAsync(CancellationToken cancellationToken)
    {
        var changes = await AdoptIfChangedAsync(cancellationToken);
        if (session.Progress.IsEraseDue)
            await EraseAsync(cancellationToken);
        return changes;
    }

    private async ValueTask<IReadOnlyList<string>> AdoptIfChangedAsync(CancellationToken cancellationToken)
    {
        var header = session.Header;
        var old = header.Schema.Length == 0 ? DataSchema.Empty : SchemaText.Read(header.Schema);
        session.Retained = header.IsFilled ? await _dropped.RetainAsync(old, cancellationToken) : [];
        var schema = RetainedType.Join(ModelSchema.Of(_model), session.Retained);
        var text = SchemaText.Write(schema);
        if (header.Schema == text)
            return [];

        await using var transaction = await session.State.BeginAsync(cancellationToken);
        var outbox = new OutboxWriter(transaction, header.LastSequence, time.GetUtcNow());
        var purges = false;

        // On the very first start there is nobody to tell, and nothing cached.
        if (header.IsFilled)
        {
            foreach (var type in old.Types.Reverse().Where(type => !session.Retained.Any(retained => retained.Set.Type == type.Name)))
                purges |= await AdoptAsync(transaction, outbox, type, cancellationToken);
            await outbox.AppendAsync(new DataSchemaEvent(schema), cancellationToken);
            await outbox.FlushAsync(cancellationToken);
        }

        var progress = session.Progress with { IsEraseDue = session.Progress.IsEraseDue || purges, IsPollDue = header.IsFilled };
        var decisions = old.Types.Where(type => !schema.TryGetType(type.Name, out _)).Aggregate(session.Decisions, (left, type) => left.Without(type.Name));
        await session.CommitAsync(transaction, header with { Schema = text, LastSequence = outbox.LastSequence }, progress, decisions, cancellationToken);
        session.Forget();
        await session.RefreshAsync(cancellationToken);
        return header.IsFilled ? SchemaDifference.Describe(old, schema) : [];
    }

    // Noted in the state until it is done: a kill in between must not leave values that are secret now.
    private async ValueTask EraseAsync(CancellationToken cancellationToken)
    {
        await session.State.EraseAsync(cancellationToken);
        await using var transaction = await session.State.BeginAsync(cancellationToken);
        await session.CommitAsync(transaction, session.Header, session.Progress with { IsEraseDue = false }, cancellationToken);
    }

    /// <returns>Whether values that are secret now were taken out.</returns>
    private async ValueTask<bool> AdoptAsync(
        IServerStateTransaction transaction, OutboxWriter outbox, TypeSchema old, CancellationToken cancellationToken)
    {
        if (!_model.TryGetType(old.Name, out var type))
        {
            await foreach (var batch in session.State.ReadEntriesAsync(old.Name, cancellationToken))
            {
                foreach (var entry in batch)
                    await outbox.AppendAsync(RemovedEvent(old, CachedEntry.Decode(entry.Content)), cancellationToken);
            }

            await transaction.DropTypeAsync(old.Name, cancellationToken);
            return false;
        }

        var rewrite = new TypeRewrite(old, type, session.Hasher);
        if (rewrite.IsNeeded)
        {
            await foreach (var batch in session.State.ReadEntriesAsync(type.Name, cancellationToken))
                await RewriteAsync(transaction, outbox, rewrite, batch, cancellationToken);
        }

        return rewrite.IsPurge;
    }

    private static async ValueTask RewriteAsync(
        IServerStateTransaction transaction, OutboxWriter outbox, TypeRewrite rewrite, IReadOnlyList<StoredRow> batch, CancellationToken cancellationToken)
    {
        var replaced = new List<StoredRow>();
        var deleted = new List<long>();
        foreach (var entry in batch)
        {
            var cached = CachedEntry.Decode(entry.Content);
            if (rewrite.TryCarryOver(entry, cached, out var carried))
            {
                replaced.Add(carried);
                continue;
            }

            deleted.Add(entry.Id);
            await outbox.AppendAsync(RemovedEvent(rewrite.Old, cached), cancellationToken);
        }

        await transaction.ReplaceEntriesAsync(rewrite.Type.Name, replaced, cancellationToken);
        await transaction.DeleteEntriesAsync(rewrite.Type.Name, deleted, cancellationToken);
    }

    private static RemovedEvent RemovedEvent(TypeSchema old, CachedEntry entry) =>
        SchemaKey.TryGet(old.Key, entry.All, out var key)
            ? new RemovedEvent(old.Name, key)
            : throw new InvalidDataException($"A cached entry of {old.Name} has no key: the server's state is damaged. Restore it from a backup.");
}

/// <summary>The data schema that a data model tells the clients.</summary>
internal static class ModelSchema
{
    public static DataSchema Of(ServerModel model) => new(model.Types.Select(type => new TypeSchema(
        type.Name,
        type.SentAttributes,
        type.SecretAttributes,
        type.Key,
        type.ForeignKeys.ToImmutableSortedDictionary(item => item.Key, item => new ForeignKey(item.Value.Type, item.Value.Attribute), StringComparer.Ordinal))));
}

/// <summary>What the cached entries of a type become under a new schema: without what is secret now, and under the new key.</summary>
internal sealed class TypeRewrite
{
    private readonly HashSet<string> _secret;
    private readonly EntryHasher _hasher;
    private readonly bool _isRekey;
    private readonly HashSet<Hash128> _keys = [];

    public TypeRewrite(TypeSchema old, DataType type, EntryHasher hasher)
    {
        Old = old;
        Type = type;
        _hasher = hasher;
        _secret = type.Attributes.Where(attribute => attribute.IsSensitive).Select(attribute => attribute.Name).ToHashSet(StringComparer.Ordinal);
        _isRekey = !old.Key.SequenceEqual(type.Key, StringComparer.Ordinal);
        IsPurge = _secret.Any(attribute => !old.SecretAttributes.Contains(attribute));
    }

    public TypeSchema Old { get; }

    public DataType Type { get; }

    /// <summary>Whether values may be cached that are secret now.</summary>
    public bool IsPurge { get; }

    /// <summary>Whether any entry changes.</summary>
    public bool IsNeeded => IsPurge || _isRekey;

    /// <summary>
    /// Carries an entry over. One that does not have the new key yet, or shares it with one before, cannot be: it leaves, and the next poll
    /// adds it anew.
    /// </summary>
    public bool TryCarryOver(StoredRow entry, CachedEntry cached, out StoredRow carried)
    {
        var kept = cached.WithSecret(_secret);
        carried = default;
        if ((_isRekey ? KeyOf(kept) : entry.KeyHash) is not { } key || !_keys.Add(key))
            return false;
        var content = kept.Encode();
        carried = new StoredRow(entry.Id, key, _hasher.HashContent(content), content);
        return true;
    }

    private Hash128? KeyOf(CachedEntry entry) => SchemaKey.TryGet(Type.Key, entry.All, out var key) ? _hasher.HashKey(key) : null;
}
