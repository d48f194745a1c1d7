using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Tests.Servers;

/// <summary>The context of changes in tests: entries by type and key, and steps that are remembered, or interrupted.</summary>
internal sealed class TestTargetContext : TargetContext
{
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _entries = [];
    private readonly Dictionary<EntryId, string> _links = [];
    private readonly HashSet<string> _completed = [];
    private readonly Dictionary<string, Value> _results = [];
    private EntryId _current;
    private string? _linkBefore;

    public override bool IsRedelivery => IsAfterKill;

    /// <summary>Whether the process "ended" before anything of the change was stored.</summary>
    public bool IsAfterKill { get; private set; }

    public override int Attempt => 1;

    public override string ChangeId => "";

    public override string? Link => _links.GetValueOrDefault(_current);

    /// <summary>The steps that ran, in their order.</summary>
    public List<string> Steps { get; } = [];

    /// <summary>The step before which the process "ends", once.</summary>
    public string? InterruptBefore { get; set; }

    /// <summary>Says that the target has an entry, or with null that it has it no more.</summary>
    public void Set(string type, EntryKey key, Entry? entry)
    {
        if (entry is null)
            _entries.Remove((type, key));
        else
            _entries[(type, key)] = entry;
    }

    /// <summary>The references of all types, by their attributes.</summary>
    public Dictionary<string, TargetReference> References { get; } = [];

    public override async ValueTask<IReadOnlyList<ReferencedEntry>> FindReferencesAsync(Entry entry, string attribute, CancellationToken cancellationToken)
    {
        var found = new List<ReferencedEntry>();
        foreach (var key in References[attribute].KeysOf(entry.Get(attribute)))
            found.Add(new(new(References[attribute].Type, key), await FindLinkAsync(References[attribute].Type, key, cancellationToken)));
        return found;
    }

    /// <summary>Begins another change, or the same one without what was remembered of it.</summary>
    public void Begin(EntryId entry)
    {
        _completed.Clear();
        Steps.Clear();
        IsAfterKill = false;
        _current = entry;
        _linkBefore = Link;
    }

    /// <summary>Begins the same change again after a kill.</summary>
    public void BeginAgain(EntryId entry)
    {
        if (entry == _current && _linkBefore is null)
            _links.Remove(entry);
        Begin(entry);
        IsAfterKill = true;
    }

    /// <summary>Lets all entries be those of an earlier version, which knew no links.</summary>
    public void ForgetLinks() => _links.Clear();

    /// <summary>Ends the link of an entry that is gone.</summary>
    public void Unlink(EntryId entry) => _links.Remove(entry);

    public override ValueTask SetLinkAsync(string link, CancellationToken cancellationToken)
    {
        if (Owner(link) is { } owner && owner != _current)
            throw new TargetConflictException($"The object {link} belongs to {owner}.", link);
        _links[_current] = link;
        return ValueTask.CompletedTask;
    }

    public override ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken) => new(Owner(link));

    public override ValueTask<string?> FindLinkAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        new(_links.GetValueOrDefault(new EntryId(type, key)));

    public override async ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        if (InterruptBefore == name)
        {
            InterruptBefore = null;
            throw new InterruptedException();
        }

        if (_completed.Contains(name))
            return;
        await work(cancellationToken);
        _completed.Add(name);
        Steps.Add(name);
    }

    public override async ValueTask<Value> RunStepAsync(string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken)
    {
        await StepAsync(
            name,
            async token =>
            {
                _results[name] = await work(token);
            },
            cancellationToken);
        return _results[name];
    }

    public override ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        StepAsync(name, work, cancellationToken);

    public override ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        ValueTask.FromResult(_entries.GetValueOrDefault((type, key)));

    public override async IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(
        string type, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var ((_, key), entry) in _entries.Where(pair => pair.Key.Type == type))
            yield return new(key, entry);
        await Task.CompletedTask;
    }

    private EntryId? Owner(string link) => _links.Where(pair => pair.Value == link).Select(pair => (EntryId?)pair.Key).FirstOrDefault();

    internal sealed class InterruptedException : Exception;
}
