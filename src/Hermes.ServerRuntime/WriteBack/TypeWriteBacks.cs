using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Diff.Templates;
using Hermes.ServerRuntime.Outbox;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.WriteBack;

/// <summary>
/// Plans what to write back after all events of a type. Its templates may read all entries as they were, and as the poll leaves them: the
/// cached ones with the poll's changes on top, which are kept for types that ask for them only.
/// </summary>
internal sealed class TypeWriteBacks(ServerModel model, ServerSession session)
{
    private readonly Dictionary<Hash128, byte[]?>?[] _changes =
        [.. model.Types.Select(type => Uses(type, TemplateVariables.FetchedValues) ? new Dictionary<Hash128, byte[]?>() : null)];

    /// <summary>Notes a change.</summary>
    public void Note(EntryChange change)
    {
        if (_changes[change.Type.Index] is not { } changes)
            return;
        if (change is WithdrawnEntry)
            changes.Remove(change.KeyHash);
        else
            changes[change.KeyHash] = (change as ContentChange)?.Content;
    }

    /// <summary>Plans the write-backs of the types that have events.</summary>
    /// <param name="outbox">Takes them.</param>
    /// <param name="last">The number of the last event of each of these types.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    public async ValueTask AppendAsync(OutboxWriter outbox, IReadOnlyDictionary<DataType, long> last, CancellationToken cancellationToken)
    {
        foreach (var (type, sequence) in last)
        {
            if (type.Sources.All(source => source.CommitAll is null))
                continue;
            var cached = await ReadCachedAsync(type, cancellationToken);
            if (WriteBackPlanner.PlanAll(type, () => cached.Select(entry => Decode(entry.Content)), () => FetchedOf(type, cached)) is { } plan)
                outbox.AppendWriteBack(sequence, plan);
        }
    }

    private static bool Uses(DataType type, string variable) => type.Sources.Any(source => source.CommitAll?.Uses.Contains(variable) ?? false);

    private static Entry Decode(byte[] content) => CachedEntry.Decode(content).All;

    private async ValueTask<List<StoredRow>> ReadCachedAsync(DataType type, CancellationToken cancellationToken)
    {
        var cached = new List<StoredRow>();
        if (Uses(type, TemplateVariables.CachedValues) || Uses(type, TemplateVariables.FetchedValues))
        {
            await foreach (var batch in session.State.ReadEntriesAsync(type.Name, cancellationToken))
                cached.AddRange(batch);
        }

        return cached;
    }

    private IEnumerable<Entry> FetchedOf(DataType type, List<StoredRow> cached)
    {
        var changes = _changes[type.Index] ?? [];
        var seen = new HashSet<Hash128>();
        foreach (var entry in cached)
        {
            if (!changes.TryGetValue(entry.KeyHash, out var content))
                yield return Decode(entry.Content);
            else if (seen.Add(entry.KeyHash) && content is not null)
                yield return Decode(content);
        }

        foreach (var (keyHash, content) in changes)
        {
            if (content is not null && !seen.Contains(keyHash))
                yield return Decode(content);
        }
    }
}
