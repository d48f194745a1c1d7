using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Targets;

/// <summary>A context for calling a target directly in a test. Keep one per change: it remembers the steps that have completed.</summary>
public sealed class TestTargetContext : TargetContext
{
    private readonly List<string> completed = [];
    private readonly Dictionary<(string Type, EntryKey Key), Entry> entries = [];
    private bool isRedelivery;
    private int attempt = 1;

    /// <summary>The steps that have completed, in order.</summary>
    public IReadOnlyList<string> CompletedSteps => completed;

    /// <inheritdoc/>
    public override bool IsRedelivery => isRedelivery;

    /// <inheritdoc/>
    public override int Attempt => attempt;

    /// <summary>Adds an entry that <see cref="FindAsync"/> and <see cref="ListAsync"/> return.</summary>
    public TestTargetContext With(string type, EntryKey key, Entry entry)
    {
        entries[(type, key)] = entry;
        return this;
    }

    /// <summary>Makes the next call another attempt, after one that failed.</summary>
    public TestTargetContext Retry()
    {
        attempt++;
        return this;
    }

    /// <summary>
    /// Makes the next call a redelivery: the process ended before the success of the first was stored, so its steps are forgotten.
    /// </summary>
    public TestTargetContext Redeliver()
    {
        isRedelivery = true;
        completed.Clear();
        return this;
    }

    /// <inheritdoc/>
    public override async ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        if (completed.Contains(name))
            return;
        await work(cancellationToken);
        completed.Add(name);
    }

    /// <inheritdoc/>
    public override ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        StepAsync(name, work, cancellationToken);

    /// <inheritdoc/>
    public override ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        new(entries.GetValueOrDefault((type, key)));

    /// <inheritdoc/>
    public override async IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await Task.CompletedTask;
        foreach (var ((name, key), entry) in entries)
        {
            cancellationToken.ThrowIfCancellationRequested();
            if (name == type)
                yield return new(key, entry);
        }
    }
}
