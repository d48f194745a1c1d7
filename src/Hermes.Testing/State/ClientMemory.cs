using System.Diagnostics.CodeAnalysis;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.Testing.State;

/// <summary>What a client state in memory holds, and who has it open. The one who has it changes it in place, and takes back what was not committed.</summary>
internal sealed class ClientMemory
{
    private readonly Lock _gate = new();
    private readonly Dictionary<EntryTable, Table> _tables = [];
    private OpenClientMemory? _open;
    private long _term;
    private long _lastNumber;
    private int _closeAt = -1;
    private TaskCompletionSource? _closed;

    public int Commits { get; private set; }

    public ClientProgress Progress { get; set; } = ClientProgress.None;

    public ClientSetup? Setup { get; set; }

    /// <summary>What came of calls: it survives the end of the process, whether or not the rest was committed.</summary>
    public List<JournaledCall> Journal { get; } = [];

    /// <summary>What the journal is worth.</summary>
    public JournalFinding JournalFinding { get; set; } = JournalFinding.Whole;

    public SortedDictionary<long, QueuedEvent> Queue { get; } = [];

    public SortedDictionary<long, DeadLetter> DeadLetters { get; } = [];

    public SortedDictionary<long, NumberedReference> References { get; } = [];

    public Dictionary<StoredReference, long> ReferenceNumbers { get; } = [];

    public IEnumerable<EntryTable> Tables => _tables.Keys;

    public bool TryOpen([NotNullWhen(true)] out OpenClientMemory? state)
    {
        lock (_gate)
            state = _open is null ? _open = new OpenClientMemory(this, ++_term) : null;
        return state is not null;
    }

    /// <summary>Ends the use by the one who has it open.</summary>
    public void Close() => _open?.Close();

    /// <summary>Ends the use right after so many more commits.</summary>
    public Task CloseAfterAsync(int commits)
    {
        _closed = new(TaskCreationOptions.RunContinuationsAsynchronously);
        _closeAt = Commits + commits;
        return _closed.Task;
    }

    /// <summary>One more commit was done.</summary>
    public void CountCommit()
    {
        if (++Commits != _closeAt)
            return;
        Close();
        _closed!.SetResult();
    }

    /// <summary>Lets the next one open it although another has it open.</summary>
    public void Abandon() => _open?.Lose();

    /// <summary>The one who had it open has it no longer.</summary>
    public void Leave(OpenClientMemory state)
    {
        lock (_gate)
        {
            if (_open == state)
                _open = null;
        }
    }

    /// <summary>The entries of a type, in the order in which they came.</summary>
    public IEnumerable<NumberedEntry> EntriesOf(EntryTable table) =>
        _tables.TryGetValue(table, out var rows) ? rows.Entries.Select(row => new NumberedEntry(row.Key, row.Value)) : [];

    /// <summary>Where an entry is; with the number 0 if it is not there.</summary>
    public NumberedEntry PlaceOf(EntryTable table, EntryKey key) =>
        _tables.TryGetValue(table, out var rows) && rows.Numbers.TryGetValue(key, out var number)
            ? new(number, rows.Entries[number])
            : new(0, new StoredEntry(key, null, null));

    /// <summary>Where a reference is; null if it is not there.</summary>
    public NumberedReference? PlaceOf(StoredReference reference) => ReferenceNumbers.TryGetValue(reference, out var number) ? References[number] : null;

    /// <summary>Changes a reference where it is, or puts it at the end.</summary>
    public void Put(in ReferenceChange change) => Set(
        change.Reference,
        change.IsPending is { } isPending ? new(PlaceOf(change.Reference)?.Number ?? ++_lastNumber, change.Reference, isPending) : null);

    /// <summary>Puts a reference at a place; takes it out if there is none.</summary>
    public void Set(StoredReference reference, NumberedReference? placed)
    {
        if (ReferenceNumbers.Remove(reference, out var old))
            References.Remove(old);
        if (placed is not { } row)
            return;
        ReferenceNumbers[reference] = row.Number;
        References[row.Number] = row;
    }

    /// <summary>The entry that has a link; null if none has.</summary>
    public LinkedEntry? OwnerOf(string link)
    {
        foreach (var (table, rows) in _tables)
        {
            foreach (var (number, entry) in rows.Entries)
            {
                if (string.Equals(entry.Link, link, StringComparison.Ordinal))
                    return new LinkedEntry(table, new NumberedEntry(number, entry));
            }
        }

        return null;
    }

    /// <summary>Puts an entry where one of its key is, or at the end.</summary>
    public void Put(EntryTable table, in StoredEntry entry)
    {
        var number = PlaceOf(table, entry.Key).Number;
        Set(table, new NumberedEntry(number > 0 ? number : ++_lastNumber, entry));
    }

    /// <summary>Puts an entry at a place; one that is gone is taken out.</summary>
    public void Set(EntryTable table, NumberedEntry placed)
    {
        if (!_tables.TryGetValue(table, out var rows))
            _tables[table] = rows = new Table();
        var (number, entry) = placed;
        if (rows.Numbers.TryGetValue(entry.Key, out var old))
            rows.Entries.Remove(old);
        if (entry.IsGone)
        {
            rows.Numbers.Remove(entry.Key);
            return;
        }

        rows.Numbers[entry.Key] = number;
        rows.Entries[number] = entry;
    }

    private sealed class Table
    {
        public SortedDictionary<long, StoredEntry> Entries { get; } = [];

        public Dictionary<EntryKey, long> Numbers { get; } = [];
    }
}
