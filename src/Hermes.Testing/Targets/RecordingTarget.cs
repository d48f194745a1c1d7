using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Targets;

/// <summary>
/// A target that records every call in order, keeps the entries that result, and fails when told to. Safe for use by many threads.
/// </summary>
public sealed class RecordingTarget : IClientTarget, IReadableTarget
{
    private readonly Lock _gate = new();
    private readonly List<RecordedCall> _calls = [];
    private readonly List<string> _steps = [];
    private readonly List<EntryRekeyed> _rekeyed = [];
    private readonly List<TargetFailure> _failures = [];
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _live = [];
    private readonly Dictionary<(string Type, EntryKey Key), Entry> _trashed = [];
    private readonly List<(Func<RecordingTarget, bool> Condition, TaskCompletionSource Reached)> _waiting = [];
    private IReadOnlyList<TargetType> _types = [];
    private int _saves;

    /// <summary>
    /// The names of the steps that each change is applied in; by default it is applied in one go. The last one takes the entry over.
    /// </summary>
    public IReadOnlyList<string> Steps { get; init; } = [];

    /// <summary>The calls so far, in order, failed ones included.</summary>
    public IReadOnlyList<RecordedCall> Calls => Locked(() => _calls.ToArray());

    /// <summary>The changes that were applied, in order.</summary>
    public IReadOnlyList<TargetChange> Applied => Locked(() => _calls.Where(call => call.Failure is null).Select(call => call.Change).ToArray());

    /// <summary>The steps that ran to their end, in order, as <c>type key: step</c>.</summary>
    public IReadOnlyList<string> CompletedSteps => Locked(() => _steps.ToArray());

    /// <summary>The types that the client named when it started.</summary>
    public IReadOnlyList<TargetType> Types => Locked(() => _types);

    /// <summary>The entries that got other keys, in the order in which the client told of them.</summary>
    public IReadOnlyList<EntryRekeyed> Rekeyed => Locked(() => _rekeyed.ToArray());

    /// <summary>How often the client said that all is saved.</summary>
    public int Saves => Locked(() => _saves);

    /// <summary>The entries of a type that the target has, without trashed ones.</summary>
    public IReadOnlyDictionary<EntryKey, Entry> Entries(string type) => Locked(() => Of(_live, type));

    /// <summary>The entries of a type that are in the trashbin.</summary>
    public IReadOnlyDictionary<EntryKey, Entry> Trashed(string type) => Locked(() => Of(_trashed, type));

    /// <summary>Lets changes fail.</summary>
    /// <param name="matches">Which changes; all by default.</param>
    /// <param name="times">How often; for ever by default.</param>
    /// <param name="exception">What is thrown; by default a permanent <see cref="TargetException"/>.</param>
    /// <param name="step">The step in which it fails; before the first one by default.</param>
    public void Fail(Func<TargetChange, bool>? matches = null, int times = int.MaxValue, Exception? exception = null, string? step = null)
    {
        exception ??= new TargetException("The target failed, as the test told it to.", FaultKind.Permanent);
        lock (_gate)
            _failures.Add(new TargetFailure(matches ?? (_ => true), times, exception, step));
    }

    /// <summary>Takes all failures back.</summary>
    public void Recover()
    {
        lock (_gate)
            _failures.Clear();
    }

    /// <summary>Waits until a condition holds. It is asked after each call, so it must only look at this target.</summary>
    public async Task UntilAsync(Func<RecordingTarget, bool> condition, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(condition);
        var reached = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        lock (_gate)
        {
            if (condition(this))
                return;
            _waiting.Add((condition, reached));
        }

        await reached.Task.WaitAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _types = types;
            Announce();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public ValueTask RekeyedAsync(TargetType type, IReadOnlyList<EntryRekeyed> entries, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(type);
        lock (_gate)
        {
            _rekeyed.AddRange(entries);
            foreach (var kept in new[] { _live, _trashed })
            {
                var moved = entries.Where(entry => kept.ContainsKey((type.Name, entry.Former))).Select(entry => (entry.Key, Entry: kept[(type.Name, entry.Former)])).ToArray();
                foreach (var entry in entries)
                    kept.Remove((type.Name, entry.Former));
                foreach (var (key, entry) in moved)
                    kept[(type.Name, key)] = entry;
            }

            Announce();
        }

        return ValueTask.CompletedTask;
    }

    /// <inheritdoc/>
    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        ArgumentNullException.ThrowIfNull(context);
        try
        {
            ThrowIfTold(change, step: null);
            foreach (var step in Steps)
                await context.StepAsync(step, _ => RunStep(change, step), cancellationToken);
        }
        catch (Exception failure)
        {
            Record(change, context, failure);
            throw;
        }

        Record(change, context, failure: null);
    }

    /// <inheritdoc/>
    public ValueTask SavedAsync(CancellationToken cancellationToken)
    {
        lock (_gate)
        {
            _saves++;
            Announce();
        }

        return ValueTask.CompletedTask;
    }

    /// <summary>Whether the client named the type when it started.</summary>
    public bool CanRead(string type) => Types.Any(known => known.Name == type);

    /// <inheritdoc/>
    public bool MarksTrashed(string type) => true;

    /// <summary>The type and the key, as JSON: <c>["Users",42]</c>.</summary>
    public string? LinkOf(string type, EntryKey key) => PlainJson.ToText(ValueList.Create([type, key.ToValue()]));

    /// <inheritdoc/>
    public IAsyncEnumerable<TargetObject> ReadAsync(string type, IReadOnlyList<string> also, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(also);
        var secrets = SecretsOf(type);
        if (also.FirstOrDefault(secrets.Contains) is { } secret)
            throw new TargetException($"The attribute '{secret}' of '{type}' is a secret one and is not told.", FaultKind.Permanent);
        return TellAsync(Objects(type, also), cancellationToken);
    }

    /// <inheritdoc/>
    public ValueTask<TargetObject?> FindAsync(string type, string link, CancellationToken cancellationToken) =>
        new(Objects(type, []).FirstOrDefault(one => one.Link == link));

    private ValueTask RunStep(TargetChange change, string step)
    {
        ThrowIfTold(change, step);
        lock (_gate)
            _steps.Add($"{change.Type} {change.Key}: {step}");
        return ValueTask.CompletedTask;
    }

    private void ThrowIfTold(TargetChange change, string? step)
    {
        lock (_gate)
        {
            if (_failures.FirstOrDefault(failure => failure.Takes(change, step)) is { } told)
                throw told.Exception;
        }
    }

    private void Record(TargetChange change, TargetContext context, Exception? failure)
    {
        lock (_gate)
        {
            _calls.Add(new RecordedCall(change, context.Attempt, context.IsRedelivery, failure));
            if (failure is null)
                TakeOver(change);
            Announce();
        }
    }

    private void TakeOver(TargetChange change)
    {
        var id = (change.Type, change.Key);
        _live.Remove(id);
        _trashed.Remove(id);
        switch (change)
        {
            case EntryAdded added: _live[id] = added.Entry; break;
            case EntryRecycled recycled: _live[id] = recycled.Entry; break;
            case EntryModified modified: _live[id] = modified.Entry; break;
            case EntryTrashed gone: _trashed[id] = gone.Entry; break;
        }
    }

    private void Announce()
    {
        foreach (var (condition, reached) in _waiting.ToArray())
        {
            if (!condition(this))
                continue;
            reached.TrySetResult();
            _waiting.Remove((condition, reached));
        }
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private TargetObject[] Objects(string type, IReadOnlyList<string> also)
    {
        var secrets = SecretsOf(type);
        return Locked(() => _live.Concat(_trashed)
            .Where(entry => entry.Key.Type == type)
            .Select(entry => new TargetObject(
                LinkOf(type, entry.Key.Key)!,
                entry.Key.Key.ToString(),
                Entry.Create(entry.Value.Where(attribute => !secrets.Contains(attribute.Key))),
                _trashed.ContainsKey(entry.Key))
            {
                Others = Entry.Create(entry.Value.Where(attribute => also.Contains(attribute.Key))),
            })
            .ToArray());
    }

    private IReadOnlyCollection<string> SecretsOf(string type) => Types.FirstOrDefault(known => known.Name == type)?.SecretAttributes
        ?? throw new TargetException($"The client named no type '{type}' when it started.", FaultKind.Permanent);

    private static async IAsyncEnumerable<TargetObject> TellAsync(TargetObject[] objects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        foreach (var one in objects)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return one;
        }

        await Task.CompletedTask;
    }

    private static Dictionary<EntryKey, Entry> Of(Dictionary<(string Type, EntryKey Key), Entry> entries, string type) =>
        entries.Where(entry => entry.Key.Type == type).ToDictionary(entry => entry.Key.Key, entry => entry.Value);

    /// <summary>A failure that the test asked for.</summary>
    private sealed class TargetFailure(Func<TargetChange, bool> matches, int times, Exception exception, string? step)
    {
        private int _left = times;

        public Exception Exception => exception;

        public bool Takes(TargetChange change, string? current) => _left > 0 && current == step && matches(change) && _left-- > 0;
    }
}
