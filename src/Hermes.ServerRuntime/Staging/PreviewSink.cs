using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.Control;
using Hermes.ServerRuntime.Diagnostics;

namespace Hermes.ServerRuntime.Staging;

/// <summary>Describes what a poll finds, and stages nothing.</summary>
internal sealed class PreviewSink(ServerSettings settings, int maxChangesPerType) : IChangeSink
{
    private static readonly Value Mask = "********";

    private readonly OrderedDictionary<(int Type, KeyHash Key), PreviewedChange> _added = [];
    private readonly OrderedDictionary<(int Type, KeyHash Key), PreviewedChange> _modified = [];
    private readonly OrderedDictionary<(int Type, KeyHash Key), PreviewedChange> _removed = [];
    private readonly Dictionary<(object Kind, int Type), int> _described = [];
    private readonly List<PendingRemoval> _removals = [];
    private long _lastId;

    public IReadOnlyList<PendingRemoval> Removals => _removals;

    // No entry in the store has a negative id.
    public long Added(in AddedEntry entry)
    {
        if (IsWanted(_added, entry.Type))
            _added[(entry.Type.Index, entry.KeyHash)] = Describe(entry);
        return --_lastId;
    }

    public void Modified(in ModifiedEntry entry)
    {
        if (IsWanted(_modified, entry.Type))
            _modified[(entry.Type.Index, entry.KeyHash)] = Describe(entry);
    }

    public void Refreshed(in RefreshedEntry entry)
    {
        // Nothing would be sent.
    }

    public void Removed(in RemovedEntry entry)
    {
        _removals.Add(new PendingRemoval(entry.Type, entry.Key, entry.KeyHash, entry.Id));
        if (IsWanted(_removed, entry.Type))
            _removed[(entry.Type.Index, entry.KeyHash)] = Change(entry.Type, entry.Key, entry.Old.All, AttributeChanges.None, "removed");
    }

    public void Withdraw(DataType type, KeyHash keyHash, long id)
    {
        _added.Remove((type.Index, keyHash));
        _modified.Remove((type.Index, keyHash));
    }

    /// <summary>What was found, with the counts of the poll's report.</summary>
    public ImmutableArray<TypePreview> ToTypes(PollReport report) =>
    [
        .. report.Types.Select(type => new TypePreview(
            type.Type.Name, type.Added, Of(_added, type.Type), type.Modified, Of(_modified, type.Type), type.Removed, Of(_removed, type.Type))),
    ];

    private static ImmutableArray<PreviewedChange> Of(OrderedDictionary<(int Type, KeyHash Key), PreviewedChange> changes, DataType type) =>
        [.. changes.Where(change => change.Key.Type == type.Index).Select(change => change.Value)];

    private PreviewedChange Describe(in AddedEntry entry)
    {
        var attributes = Masked(entry.Attributes, entry.Secrets);
        return Change(entry.Type, entry.Key, entry.Attributes, new AttributeChanges(attributes, Entry.Empty, []), "added");
    }

    private PreviewedChange Describe(in ModifiedEntry entry)
    {
        var changes = new AttributeChanges(
            Masked(entry.Changes.Added, entry.SecretChanges.Added),
            Masked(entry.Changes.Modified, entry.SecretChanges.Modified),
            [.. entry.Changes.Removed.Concat(entry.SecretChanges.Removed).Order(StringComparer.Ordinal)]);
        return Change(entry.Type, entry.Key, entry.Old is { } old ? entry.Changes.ApplyTo(old.All) : null, changes, "modified");
    }

    private PreviewedChange Change(DataType type, EntryKey key, Entry? shown, AttributeChanges changes, string what)
    {
        var display = Cut(type.Describe(key, shown));
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
