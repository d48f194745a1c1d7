using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>What a target gets along with one change; lives through the repetitions of its call.</summary>
internal sealed class HandlerContext(
    EntryLookup entries, string client, LocalEvent @event, TargetChangeKind kind, string? link, AttemptLog earlier, bool isRedelivery) : TargetContext
{
    private ImmutableArray<CompletedStep> _completed = earlier.CompletedSteps;
    private bool _isPartiallyProcessed = earlier.IsPartiallyProcessed;
    private int _attempt = earlier.Count;
    private string? _link = link;
    private string? _changeId;

    // Most targets never ask.
    public override string ChangeId => _changeId ??= ChangeIds.Of(client, @event, kind);

    public override bool IsRedelivery => isRedelivery;

    public override int Attempt => _attempt;

    public override string? Link => _link;

    /// <summary>Whether the object was found missing.</summary>
    public bool IsMissing { get; set; }

    /// <summary>The step that was running when the call failed; null if none was.</summary>
    public string? FailedStep { get; private set; }

    public void BeginAttempt()
    {
        _attempt++;
        FailedStep = null;
    }

    /// <summary>What is to be remembered when the call failed.</summary>
    /// <param name="time">When it failed.</param>
    /// <param name="message">Why.</param>
    /// <param name="holder">The entry whose object has what this one needs; null if nothing is taken.</param>
    /// <param name="cause">What it has in common with other failures.</param>
    public AttemptLog Failed(DateTimeOffset time, string message, EntryId? holder, FailureCause cause) =>
        new(_attempt, time, message, _completed, _isPartiallyProcessed, IsInFlight: false) { WasBrokenOff = isRedelivery, Holder = holder, Cause = cause };

    public override async ValueTask SetLinkAsync(string link, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(link);
        if (string.Equals(_link, link, StringComparison.Ordinal))
            return;
        if (await entries.LinkAsync(@event.Id, link, cancellationToken) is { } owner)
            throw new TargetConflictException($"The object {link} belongs to {owner}.", link);
        _link = link;
        _isPartiallyProcessed = true;
    }

    public override ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken) => entries.FindOwnerAsync(link, cancellationToken);

    public override ValueTask<string?> FindLinkAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        entries.FindLinkAsync(new EntryId(type, key), cancellationToken);

    public override ValueTask<IReadOnlyList<ReferencedEntry>> FindReferencesAsync(Entry entry, string attribute, CancellationToken cancellationToken) =>
        entries.FindReferencesAsync(@event.Type, entry, attribute, cancellationToken);

    public override async ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(work);
        await RunStepAsync(name, token => WithoutResult(work, token), cancellationToken);
    }

    public override async ValueTask<Value> RunStepAsync(
        string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken)
    {
        if (!IsToRun(name, work))
            return _completed.First(step => step.Name == name).Result;
        var result = await RunAsync(name, work, cancellationToken);
        _isPartiallyProcessed = true;
        return result;
    }

    public override async ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        if (IsToRun(name, work))
            await RunAsync(name, token => WithoutResult(work, token), cancellationToken);
    }

    public override ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) => entries.FindAsync(type, key, cancellationToken);

    public override IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, CancellationToken cancellationToken) =>
        entries.ListAsync(type, cancellationToken);

    private bool IsToRun(string name, Delegate work)
    {
        ArgumentException.ThrowIfNullOrEmpty(name);
        ArgumentNullException.ThrowIfNull(work);
        return !_completed.Any(step => step.Name == name);
    }

    private async ValueTask<Value> RunAsync(string name, Func<CancellationToken, ValueTask<Value>> work, CancellationToken cancellationToken)
    {
        FailedStep = name;
        var result = await work(cancellationToken);
        FailedStep = null;
        _completed = _completed.Add(new CompletedStep(name, result));
        return result;
    }

    private static async ValueTask<Value> WithoutResult(Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken)
    {
        await work(cancellationToken);
        return Value.Null;
    }
}
