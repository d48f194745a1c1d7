using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Templates;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Staging;

/// <summary>
/// All entries as a poll leaves them, for the write-backs that ask for them: the cached ones with the poll's changes on top. Kept only for
/// types whose
/// <c>commitAll</c> uses them.
/// </summary>
internal sealed class FetchedEntries(KnownEntries known, ServerModel model)
{
    private readonly Dictionary<KeyHash, byte[]?>?[] _changes =
    [
        .. model.Types.Select(type => type.Sources.Any(source => source.CommitAll?.Uses.Contains(TemplateVariables.FetchedValues) ?? false)
            ? new Dictionary<KeyHash, byte[]?>()
            : null),
    ];

    /// <summary>Notes the new content of an entry, or null for one that is gone.</summary>
    public void Set(DataType type, KeyHash keyHash, byte[]? content)
    {
        if (_changes[type.Index] is { } changes)
            changes[keyHash] = content;
    }

    public void Forget(DataType type, KeyHash keyHash) => _changes[type.Index]?.Remove(keyHash);

    public IEnumerable<Entry> Of(DataType type)
    {
        var changes = _changes[type.Index] ?? [];
        var seen = new HashSet<KeyHash>();
        foreach (var entry in known.ReadEntries(type))
        {
            if (!changes.TryGetValue(entry.Row.KeyHash, out var content))
                yield return CachedEntry.Decode(entry.Row.Content).All;
            else if (seen.Add(entry.Row.KeyHash) && content is not null)
                yield return CachedEntry.Decode(content).All;
        }

        foreach (var (keyHash, content) in changes)
        {
            if (content is not null && !seen.Contains(keyHash))
                yield return CachedEntry.Decode(content).All;
        }
    }
}
