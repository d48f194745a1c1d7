using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>
/// A target that takes over what it is given, in steps, fails or dies with its process where a history says so, and takes down every call that should not have come.
/// </summary>
/// <param name="faults">What fails, and when.</param>
/// <param name="isUser">Whether the source had a user when the server polled last.</param>
internal sealed class WatchedTarget(Faults faults, Func<EntryKey, bool> isUser) : IClientTarget
{
    private readonly Lock _gate = new();
    private readonly CallRules _rules = new(isUser);
    private readonly List<string> _calls = [];
    private readonly List<string> _violations = [];
    private HistorySettings? _settings;

    /// <summary>The steps of every handler; the second one writes.</summary>
    public static IReadOnlyList<string> Steps { get; } = ["look", "write", "announce"];

    /// <summary>What was called, in order.</summary>
    public IReadOnlyList<string> Calls => Locked(() => _calls.ToArray());

    /// <summary>What should not have happened.</summary>
    public IReadOnlyList<string> Violations => Locked(() => _violations.ToArray());

    /// <summary>What the target has.</summary>
    public TargetContent Content { get; } = new();

    /// <summary>The settings of the client that calls.</summary>
    public required HistorySettings Settings
    {
        get => _settings!;
        set
        {
            _settings = value;
            _rules.WereAccountsDropped |= value.Naming == Naming.LastFirst;
            _rules.MayForgetPreparation |= value.Remediation != RemediationPolicy.Disabled || value.Naming == Naming.LastFirst;
        }
    }

    /// <summary>Lets the watch know of an event that was discarded.</summary>
    public void Discarded(string type, EntryKey key) => Locked(() =>
    {
        _rules.MayForgetPreparation = true;
        return _rules.Discarded.Add((type, CampusKeys.Lasting(type, key)));
    });

    /// <summary>Lets the watch know that nothing is known any more of the calls since the client's last commit.</summary>
    public void PowerIsCut() => Locked(() => _rules.MayForgetPreparation = _rules.WasPowerCut = true);

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        // Whatever key the server gives an entry, to the campus it is the same one.
        change = change with { Key = CampusKeys.Lasting(change.Type, change.Key) };
        lock (_gate)
        {
            _calls.Add($"{change.Kind} {change.Type}[{change.Key}]{(context.IsRedelivery ? " again" : "")}");
            _violations.AddRange(_rules.Begin(change, context, Content, Settings));
        }

        try
        {
            await context.PrepareAsync("look", _ => RunAsync(change, "look", cancellationToken), cancellationToken);
            await context.StepAsync("write", _ => RunAsync(change, "write", cancellationToken), cancellationToken);
            await context.StepAsync("announce", _ => RunAsync(change, "announce", cancellationToken), cancellationToken);
        }
        catch (TargetException)
        {
            Locked(() => _calls[^1] += " failed");
            throw;
        }

        Locked(() => _rules.Succeeded(change));
    }

    private async ValueTask RunAsync(TargetChange change, string step, CancellationToken cancellationToken)
    {
        faults.ThrowIfFailing(change, step);
        await DieIfToldAsync(change, step, Moment.Before, cancellationToken);
        lock (_gate)
        {
            _violations.AddRange(_rules.Step(change, step));
            if (step == "write")
                Content.TakeOver(change);
        }

        await DieIfToldAsync(change, step, Moment.After, cancellationToken);
    }

    // A process that is gone does not come back with an answer, nor does a handler that hangs until it is stopped.
    private async ValueTask DieIfToldAsync(TargetChange change, string step, Moment moment, CancellationToken cancellationToken)
    {
        if (!faults.DiesInHandler(step, moment) && !faults.HangsInHandler(step, moment))
            return;
        Locked(() => _rules.Died(change));
        await Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, cancellationToken);
    }

    private T Locked<T>(Func<T> read)
    {
        lock (_gate)
            return read();
    }

    private void Locked(Action change)
    {
        lock (_gate)
            change();
    }
}
