using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Tests.Servers;

/// <summary>The context of changes in tests: entries by type and key, and steps that are remembered, or interrupted.</summary>
internal sealed class TestTargetContext : TargetContext
{
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _entries = [];
    private readonly HashSet<string> _completed = [];

    public override bool IsRedelivery => Attempt > 1;

    public override int Attempt => 1;

    public override string? Link => null;

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

    /// <summary>Begins another change, or the same one without what was remembered of it.</summary>
    public void Forget()
    {
        _completed.Clear();
        Steps.Clear();
    }

    public override ValueTask SetLinkAsync(string link, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    public override ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken) => default;

    public override ValueTask<string?> FindLinkAsync(string type, EntryKey key, CancellationToken cancellationToken) => default;

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

    public override ValueTask<Value> RunStepAsync(string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken) =>
        throw new NotSupportedException("The directory targets remember no results.");

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

    internal sealed class InterruptedException : Exception;
}
