using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>What a target gets along with one change; lives through the repetitions of its call.</summary>
internal sealed class HandlerContext(EntryLookup entries, AttemptLog earlier, bool isRedelivery) : TargetContext
{
    private ImmutableArray<string> _completed = earlier.CompletedSteps;
    private bool _isPartiallyProcessed = earlier.IsPartiallyProcessed;
    private int _attempt = earlier.Count;

    public override bool IsRedelivery => isRedelivery;

    public override int Attempt => _attempt;

    public void BeginAttempt() => _attempt++;

    /// <summary>What is to be remembered when the call failed.</summary>
    public AttemptLog Failed(DateTimeOffset time, string message) => new(_attempt, time, message, _completed, _isPartiallyProcessed, isRedelivery);

    public override async ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        if (await RunOnceAsync(name, work, cancellationToken))
            _isPartiallyProcessed = true;
    }

    public override async ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken) =>
        await RunOnceAsync(name, work, cancellationToken);

    public override ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) => entries.FindAsync(type, key, cancellationToken);

    public override IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, CancellationToken cancellationToken) =>
        entries.ListAsync(type, cancellationToken);

    private async ValueTask<bool> RunOnceAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(work);
        if (_completed.Contains(name))
            return false;
        await work(cancellationToken);
        _completed = _completed.Add(name);
        return true;
    }
}
