using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Targets;

/// <summary>A context for calling a target directly in a test. Keep one per change: it remembers the steps that have completed.</summary>
public sealed class TestTargetContext : TargetContext
{
    private readonly List<string> _completed = [];
    private readonly Dictionary<string, Value> _results = new(StringComparer.Ordinal);
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _entries = [];
    private readonly Dictionary<string, EntryId> _owners = new(StringComparer.Ordinal);
    private readonly Dictionary<string, TargetReference> _references = new(StringComparer.Ordinal);
    private string? _link;
    private bool _isRedelivery;
    private int _attempt = 1;

    /// <summary>The steps that have completed, in order.</summary>
    public IReadOnlyList<string> CompletedSteps => _completed;

    /// <inheritdoc/>
    public override bool IsRedelivery => _isRedelivery;

    /// <inheritdoc/>
    public override int Attempt => _attempt;

    /// <inheritdoc/>
    public override string ChangeId { get; } = Guid.NewGuid().ToString("N");

    /// <inheritdoc/>
    public override string? Link => _link;

    /// <summary>Gives the entry of the change a link, as an earlier change did.</summary>
    public TestTargetContext Linked(string link)
    {
        _link = link;
        return this;
    }

    /// <summary>Gives another entry a link.</summary>
    public TestTargetContext With(string type, EntryKey key, string link)
    {
        _owners[link] = new EntryId(type, key);
        return this;
    }

    /// <inheritdoc/>
    public override ValueTask SetLinkAsync(string link, CancellationToken cancellationToken)
    {
        if (_owners.TryGetValue(link, out var owner))
            throw new TargetConflictException($"The object {link} belongs to {owner}.", link);
        _link = link;
        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public override ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken) =>
        new(_owners.TryGetValue(link, out var owner) ? owner : null);

    /// <inheritdoc/>
    public override ValueTask<string?> FindLinkAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        new(_owners.FirstOrDefault(owner => owner.Value == new EntryId(type, key)).Key);

    /// <summary>Says what an attribute refers to, as the client's data model does.</summary>
    public TestTargetContext Refers(string attribute, TargetReference reference)
    {
        _references[attribute] = reference;
        return this;
    }

    /// <inheritdoc/>
    public override async ValueTask<IReadOnlyList<ReferencedEntry>> FindReferencesAsync(Entry entry, string attribute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!_references.TryGetValue(attribute, out var reference))
            throw new ArgumentException($"The attribute '{attribute}' is no reference. Say so by {nameof(Refers)}.", nameof(attribute));
        var found = new List<ReferencedEntry>();
        foreach (var key in reference.KeysOf(entry.Get(attribute)))
            found.Add(new ReferencedEntry(new EntryId(reference.Type, key), await FindLinkAsync(reference.Type, key, cancellationToken)));
        return found;
    }

    /// <summary>Adds an entry that <see cref="FindAsync"/> and <see cref="ListAsync"/> return.</summary>
    public TestTargetContext With(string type, EntryKey key, Entry entry)
    {
        _entries[(type, key)] = entry;
        return this;
    }

    /// <summary>Makes the next call another attempt, after one that failed.</summary>
    public TestTargetContext Retry()
    {
        _attempt++;
        return this;
    }

    /// <summary>
    /// Makes the next call a redelivery: the process ended before the success of the first was stored, so its steps are forgotten.
    /// </summary>
    public TestTargetContext Redeliver()
    {
        _isRedelivery = true;
        _completed.Clear();
        _results.Clear();
        return this;
    }

    /// <inheritdoc/>
    public override async ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await RunStepAsync(
            name,
            async token =>
            {
                await work(token);
                return Value.Null;
            },
            cancellationToken);
    }

    /// <inheritdoc/>
    public override async ValueTask<Value> RunStepAsync(
        string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (_results.TryGetValue(name, out var known))
            return known;
        var result = await work(cancellationToken);
        _completed.Add(name);
        return _results[name] = result;
    }

    /// <inheritdoc/>
    public override ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        StepAsync(name, work, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        new(_entries.GetValueOrDefault((type, key)));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var ((name, key), entry) in _entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name == type)
                yield return new(key, entry);
        }
    }
}
