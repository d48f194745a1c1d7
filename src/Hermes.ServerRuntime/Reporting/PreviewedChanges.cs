using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;

namespace Hermes.ServerRuntime.Reporting;

/// <summary>Describes the first changes of each type and kind that a preview finds.</summary>
internal sealed class PreviewedChanges(ServerSettings settings, int maxChangesPerType)
{
    private static readonly Value Mask = "********";

    private readonly OrderedDictionary<(int Type, long Id), PreviewedChange> _added = [];
    private readonly OrderedDictionary<(int Type, long Id), PreviewedChange> _modified = [];
    private readonly OrderedDictionary<(int Type, long Id), PreviewedChange> _removed = [];
    private readonly Dictionary<(object Kind, int Type), int> _described = [];

    /// <summary>Describes what was added and modified.</summary>
    /// <returns>The cached entries that are needed to describe what was removed.</returns>
    public CachedContents Add(ChangeBatch batch)
    {
        var removed = new CachedContents(batch.Type);
        foreach (var change in batch.Changes)
        {
            var place = (batch.Type.Index, change.Id);
            switch (change)
            {
                case AddedEntry added when IsWanted(_added, batch.Type):
                    _added[place] = Describe(added);
                    break;
                case ModifiedEntry modified when IsWanted(_modified, batch.Type):
                    _modified[place] = Describe(modified);
                    break;
                case WithdrawnEntry:
                    _added.Remove(place);
                    _modified.Remove(place);
                    break;
                case RemovedEntry when IsWanted(_removed, batch.Type):
                    removed.Need(change.Id);
                    break;
            }
        }

        return removed;
    }

    /// <summary>Describes those of the removed whose contents were needed.</summary>
    public void AddRemoved(ChangeBatch batch, CachedContents cached)
    {
        foreach (var removed in batch.Changes.OfType<RemovedEntry>().Where(removed => cached.TryGet(removed.Id, out _)))
            _removed[(batch.Type.Index, removed.Id)] = Change(batch.Type, removed.Key, cached[removed.Id].All, AttributeChanges.None, "removed");
    }

    /// <summary>What was found, with the counts of the poll's report.</summary>
    public ImmutableArray<TypePreview> ToTypes(PollReport report) =>
    [
        .. report.Types.Select(type => new TypePreview(
            type.Type.Name, type.Added, Of(_added, type.Type), type.Modified, Of(_modified, type.Type), type.Removed, Of(_removed, type.Type))),
    ];

    private static ImmutableArray<PreviewedChange> Of(OrderedDictionary<(int Type, long Id), PreviewedChange> changes, DataType type) =>
        [.. changes.Where(change => change.Key.Type == type.Index).Select(change => change.Value)];

    private PreviewedChange Describe(AddedEntry entry)
    {
        var attributes = Masked(entry.Attributes, entry.Secrets);
        return Change(entry.Type, entry.Key, entry.Attributes, new AttributeChanges(attributes, Entry.Empty, []), "added");
    }

    private PreviewedChange Describe(ModifiedEntry entry)
    {
        var changes = new AttributeChanges(
            Masked(entry.Changes.Added, entry.SecretChanges.Added),
            Masked(entry.Changes.Modified, entry.SecretChanges.Modified),
            [.. entry.Changes.Removed.Concat(entry.SecretChanges.Removed).Order(StringComparer.Ordinal)]);
        return Change(entry.Type, entry.Key, entry.Old is { } old ? entry.Changes.ApplyTo(old.All) : null, changes, "modified");
    }

    private PreviewedChange Change(DataType type, EntryKey key, Entry? shown, AttributeChanges changes, string what)
    {
        var display = settings.Describe(type, key, shown);
        var parts = changes.Added.Select(item => $"+{item.Key}={Cut(item.Value.ToString())}")
            .Concat(changes.Modified.Select(item => $"{item.Key}={Cut(item.Value.ToString())}"))
            .Concat(changes.Removed.Select(name => $"-{name}"));
        var details = string.Join(", ", parts);
        return new PreviewedChange(key, display, changes, details.Length == 0 ? $"{what} {display}" : $"{what} {display}: {details}");
    }

    private static Entry Masked(Entry attributes, Entry secrets) => secrets.Count == 0
        ? attributes
        : Entry.Create(attributes.Concat(secrets.Keys.Select(name => KeyValuePair.Create(name, Mask))));

    private bool IsWanted(object kind, DataType type)
    {
        var described = _described.GetValueOrDefault((kind, type.Index));
        _described[(kind, type.Index)] = described + 1;
        return described < maxChangesPerType;
    }

    private string Cut(string text) => ShortText.Cut(text, settings.MaxLoggedValueLength);
}
