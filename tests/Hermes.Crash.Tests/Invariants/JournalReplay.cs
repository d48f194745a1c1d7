using System.Text.Json;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>
/// Reads the journal of the target from its beginning, follows every call, and so rebuilds the content of the target. A call that carries the redelivery mark may
/// repeat what was done; any other must be new, fit what the target has, and find its parents there.
/// </summary>
internal sealed class JournalReplay(CampusOptions options)
{
    private readonly Dictionary<EntryName, TargetEntry> _entries = [];
    private readonly ReplayedCalls _replay = new(options.Concurrency);
    private int _line;
    private string _model = "";
    private int _modelChanges;
    private bool _wasPutBack;

    public int Calls { get; private set; }

    public int Redeliveries { get; private set; }

    public int Failures { get; private set; }

    /// <summary>How many calls that had succeeded were made again after one kill, at the worst.</summary>
    public int WorstReplay => _replay.Worst;

    /// <summary>The entries that the target has, outside its trashbin.</summary>
    public IReadOnlyDictionary<EntryName, string> Live =>
        _entries.Where(entry => entry.Value.IsLive).ToDictionary(entry => entry.Key, entry => entry.Value.Content!);

    /// <summary>The secrets of the entries that the target has outside its trashbin, as they were brought to it last.</summary>
    public IReadOnlyDictionary<EntryName, string> Secrets => _entries
        .Where(entry => entry.Value is { IsLive: true, Secret: not null }).ToDictionary(entry => entry.Key, entry => entry.Value.Secret!);

    /// <summary>Whether the client's state was lost: then the target may keep what left meanwhile.</summary>
    public bool WasLost { get; private set; }

    /// <summary>How often a secret came to an entry that had it already.</summary>
    public Dictionary<EntryName, int> Repetitions { get; } = [];

    /// <summary>How many entries lie in the trashbin of the target.</summary>
    public int Trashed => _entries.Values.Count(entry => entry is { IsTrashed: true });

    public static JournalReplay Of(string path, CampusOptions options)
    {
        var replay = new JournalReplay(options);
        foreach (var line in JournalFile.Read(path))
            replay.Follow(line);
        return replay;
    }

    private void Follow(JournalLine line)
    {
        _line++;
        if (line.Act == JournalAct.Start)
        {
            if (line.Type != _model)
                _modelChanges++;
            _model = line.Type;
            _replay.Start(_modelChanges);
            return;
        }

        if (line.Act == JournalAct.Cut)
        {
            _replay.Cut();
            return;
        }

        if (line.Act == JournalAct.PutBack)
        {
            // Calls come again that nobody knows to have been made; from here on, only what they come to is known.
            _wasPutBack = true;
            WasLost |= line.Type == JournalLine.Lost;
            foreach (var known in _entries.Values)
                known.Stamp = 0;
            return;
        }

        var name = new EntryName(line.Type, line.Key);
        if (!_entries.TryGetValue(name, out var entry))
            _entries[name] = entry = new TargetEntry();
        switch (line.Act)
        {
            case JournalAct.Call:
                Call(name, entry, line);
                break;
            case JournalAct.Step:
                if (!entry.Steps.Add(line.Step) && !_wasPutBack && !line.IsRedelivery && !MayBePreparedAnew(entry, line))
                    throw Violation("Steps once", name, line, $"the step '{line.Step}' ran again without the mark");
                entry.ModelChanges = _modelChanges;
                if (line.Step == JournalTarget.Write)
                    entry.Write(line);
                break;
            case JournalAct.Done:
                (entry.IsOpen, entry.IsDone) = (false, true);
                _replay.Ended(name);
                break;
            default:
                Failures++;
                entry.IsOpen = false;
                break;
        }
    }

    private void Call(EntryName name, TargetEntry entry, JournalLine line)
    {
        Calls++;
        if (line.IsRedelivery)
            Redeliveries++;
        if (entry.IsOpen && entry.Process == line.Process)
            throw Violation("Ordered", name, line, "two calls overlap");
        (entry.IsOpen, entry.Process) = (true, line.Process);
        if (_wasPutBack)
        {
            CheckStamp(name, entry, line);
            return;
        }

        var change = (line.Kind, line.Content, line.Previous, line.Secret);
        var isSecretAlone = line is { Kind: "Modified", Secret: not null } && line.Content == line.Previous;
        if (change == entry.Change && entry.IsDone && line.IsRedelivery && !isSecretAlone && !_replay.MayRepeat(name))
            throw Violation("Replayed calls", name, line, "a change that succeeded came again, although its call was not in flight when the client was killed");
        if (change == entry.Change && entry.IsDone && !line.IsRedelivery && isSecretAlone)
        {
            // Servers forget secrets when they end, and tell them again.
            Repetitions[name] = Repetitions.GetValueOrDefault(name) + 1;
            entry.Steps.Clear();
        }
        else if (change == entry.Change)
        {
            if (entry.IsDone && !line.IsRedelivery)
                throw Violation("Confirmed once", name, line, "a change that succeeded came again without the mark");
        }
        else
        {
            if (!line.IsRedelivery)
                CheckNew(name, entry, line);
            entry.Change = change;
            entry.Steps.Clear();
        }

        entry.IsDone = false;
    }

    // What is brought again since the state was put back comes in its order, too.
    private void CheckStamp(EntryName name, TargetEntry entry, JournalLine line)
    {
        if (line.Kind is not ("Added" or "Modified") || line.IsRedelivery)
            return;
        var stamp = JsonDocument.Parse(line.Content!).RootElement.GetProperty("stamp").GetInt64();
        if (stamp < entry.Stamp)
            throw Violation("Ordered", name, line, $"it had got the stamp {entry.Stamp} already");
        entry.Stamp = stamp;
    }

    private void CheckNew(EntryName name, TargetEntry entry, JournalLine line)
    {
        var fits = line.Kind switch
        {
            "Added" => entry.Content is null,
            "Recycled" => entry.IsTrashed && entry.Content == line.Content,
            "Modified" => entry.IsLive && entry.Content == line.Previous,
            "Trashed" => entry.IsLive && entry.Content == line.Content,
            "Removed" => entry.Content is not null && entry.Content == line.Previous,
            _ => false,
        };
        fits &= !entry.MustBeTrashedNext || entry.Content is null || line.Kind is "Trashed" or "Removed";
        entry.MustBeTrashedNext = false;
        if (!fits)
            throw Violation("Ordered", name, line, $"the target has {(entry.IsTrashed ? "in the trashbin " : "")}{entry.Content ?? "nothing"}");
        if (line.Kind is "Added" or "Recycled" && name.Parents().FirstOrDefault(parent => !IsLive(parent)) is { Type: not null } missing)
        {
            // A type that is new to the client brings along what lies in the trashbin: it is added, and trashed at once.
            entry.MustBeTrashedNext = line.Kind == "Added" && _entries.TryGetValue(missing, out var parent) && parent.IsTrashed;
            if (!entry.MustBeTrashedNext)
                throw Violation("Ordered", name, line, $"its parent {missing} is not there");
        }

        if (line.Kind is "Trashed" or "Removed" && entry.IsLive && LiveChild(name) is { Type: not null } child)
            throw Violation("Ordered", name, line, $"its child {child} is still there");
    }

    // An event that has not changed the target yet may have been merged with those behind it, or have vanished with them, and the same change come anew: a
    // removal and an addition that undo each other, followed by another removal. Conservatively, only modifications are merged into what waits. Or the data model was
    // another one meanwhile: what waited got another content and got it back, or its type was dropped and has come back.
    private bool MayBePreparedAnew(TargetEntry entry, JournalLine line) =>
        line.Step == JournalTarget.Reserve && !entry.Steps.Contains(JournalTarget.Write) && options.Remediation switch
        {
            RemediationPolicy.Maximum => true,
            RemediationPolicy.Conservative when line.Kind is "Added" or "Modified" => true,
            _ => entry.ModelChanges != _modelChanges,
        };

    private bool IsLive(EntryName name) => _entries.TryGetValue(name, out var entry) && entry.IsLive;

    private EntryName LiveChild(EntryName name) => name.Type == "Member"
        ? default
        : _entries.FirstOrDefault(other => other.Value.IsLive && other.Key.Parents().Contains(name)).Key;

    private ViolationException Violation(string invariant, EntryName name, JournalLine line, string what) =>
        new(invariant, $"Line {_line} of the journal, {line.Kind} {name}, attempt {line.Attempt}: {what}.\n{line}");

    /// <summary>What the target has of an entry, and the last change that was brought to it.</summary>
    private sealed class TargetEntry
    {
        public string? Content { get; private set; }

        public bool IsTrashed { get; private set; }

        public bool IsLive => Content is not null && !IsTrashed;

        public (string Kind, string? Content, string? Previous, string? Secret) Change { get; set; }

        public HashSet<string> Steps { get; } = [];

        /// <summary>How often the data model had changed when its last step was done.</summary>
        public int ModelChanges { get; set; }

        public bool IsDone { get; set; }

        public bool MustBeTrashedNext { get; set; }

        public bool IsOpen { get; set; }

        public int Process { get; set; }

        public string? Secret { get; private set; }

        /// <summary>The highest stamp that was brought to it since the client's state was put back.</summary>
        public long Stamp { get; set; }

        public void Write(JournalLine line)
        {
            (Content, IsTrashed) = (line.Content, line.Kind == "Trashed");
            Secret = line switch
            {
                { Kind: "Added" or "Removed" } => line.Secret,
                { Secret: { } secret } => secret,
                _ => Secret,
            };
        }
    }
}
