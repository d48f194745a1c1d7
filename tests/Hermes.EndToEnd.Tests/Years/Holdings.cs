using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>
/// What a target has by the calls that succeeded. Entries are told apart by their content, as a target would that knows them by an attribute of its own: keys change
/// without a call.
/// </summary>
internal sealed class Holdings
{
    private readonly List<(string Type, Entry Entry, bool IsTrashed)> _entries = [];

    /// <exception cref="Xunit.Sdk.XunitException">The call is about an entry that the target does not have so.</exception>
    public void TakeOver(TargetChange change)
    {
        switch (change)
        {
            case EntryAdded added:
                _entries.Add((added.Type, added.Entry, false));
                break;
            case EntryRecycled recycled:
                Replace(change, recycled.Entry, true, recycled.Entry, false);
                break;
            case EntryModified modified:
                Replace(change, modified.Previous, false, modified.Entry, false);
                break;
            case EntryTrashed trashed:
                Replace(change, trashed.Entry, false, trashed.Entry, true);
                break;
            case EntryRemoved removed:
                Take(change, removed.Previous, isTrashed: _entries.Contains((change.Type, removed.Previous, true)));
                break;
        }
    }

    /// <summary>The entries of a type, live or trashed, in the order of their text.</summary>
    public IEnumerable<string> Of(string type) => _entries
        .Where(entry => entry.Type == type)
        .Select(entry => Text(entry.Entry, entry.IsTrashed))
        .Order(StringComparer.Ordinal);

    public static string Text(Entry entry, bool isTrashed) =>
        (isTrashed ? "trashed " : "live ") + string.Join(", ", entry.Select(attribute => $"{attribute.Key}: {attribute.Value}"));

    private void Replace(TargetChange change, Entry before, bool wasTrashed, Entry after, bool isTrashed)
    {
        Take(change, before, wasTrashed);
        _entries.Add((change.Type, after, isTrashed));
    }

    private void Take(TargetChange change, Entry before, bool isTrashed) =>
        _entries.Remove((change.Type, before, isTrashed)).Should().BeTrue($"the target has what {change.Kind} {change.Type}[{change.Key}] is about");
}
