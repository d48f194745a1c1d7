using Hermes.Abstractions.Targets;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>Where in a step of a handler something happens.</summary>
internal enum Moment
{
    Before,
    After,
}

/// <summary>What goes wrong in a history, and when. One thread at a time decides, any thread may look.</summary>
internal sealed class Faults
{
    private readonly Lock _gate = new();
    private readonly HashSet<(string Type, string Step)> _failingTypes = [];
    private readonly HashSet<(string Key, string Step)> _failingKeys = [];
    private readonly HashSet<string> _failingSteps = [];
    private readonly HashSet<string> _failingValues = [];
    private readonly HashSet<string> _refusedValues = [];
    private TaskCompletionSource _clientDied = NewSignal();
    private TaskCompletionSource _clientCutOff = NewSignal();
    private int _callsUntilCrash = -1;
    private (string Step, Moment Moment) _crashAt;
    private int _callsUntilCutOff = -1;
    private (string Step, Moment Moment) _cutOffAt;
    private int _commitsUntilCrash = -1;
    private Moment _commitMoment;
    private int _serverWritesUntilCrash = -1;
    private Moment _serverMoment;

    public bool IsClientDead => _clientDied.Task.IsCompleted;

    public bool IsServerDead { get; private set; }

    /// <summary>Completes when the client's process dies.</summary>
    public Task ClientDied => _clientDied.Task;

    public bool IsClientCutOff => _clientCutOff.Task.IsCompleted;

    /// <summary>Completes when a handler hangs, so that the client is to be stopped.</summary>
    public Task ClientCutOff => _clientCutOff.Task;

    /// <summary>The target refuses entries with a value: until it is another one, or the target accepts it.</summary>
    public void Refuse(string value) => Locked(() => _refusedValues.Add(value));

    public void CutClientOffInHandler(int calls, string step, Moment moment) => Locked(() => (_callsUntilCutOff, _cutOffAt) = (calls, (step, moment)));

    public void FailAll(string step) => Locked(() => _failingSteps.Add(step));

    public void FailConversion(string value) => Locked(() => _failingValues.Add(value));

    public void FailType(string type, string step) => Locked(() => _failingTypes.Add((type, step)));

    public void FailKey(string key, string step) => Locked(() => _failingKeys.Add((key, step)));

    public void CrashClientInHandler(int calls, string step, Moment moment) => Locked(() => (_callsUntilCrash, _crashAt) = (calls, (step, moment)));

    public void CrashClientAtCommit(int commits, Moment moment) => Locked(() => (_commitsUntilCrash, _commitMoment) = (commits, moment));

    public void CrashServerAtWrite(int writes, Moment moment) => Locked(() => (_serverWritesUntilCrash, _serverMoment) = (writes, moment));

    /// <summary>Templates succeed from now on.</summary>
    public void HealConversions() => Locked(_failingValues.Clear);

    /// <summary>Handlers and templates succeed from now on.</summary>
    public void Heal() => Locked(() =>
    {
        _failingValues.Clear();
        _failingTypes.Clear();
        _failingKeys.Clear();
        _failingSteps.Clear();
        _refusedValues.Clear();
    });

    /// <summary>Nothing crashes any more.</summary>
    public void Calm() => Locked(() => _callsUntilCrash = _callsUntilCutOff = _commitsUntilCrash = _serverWritesUntilCrash = -1);

    public void ClientRestarts()
    {
        if (IsClientDead)
            _clientDied = NewSignal();
        if (IsClientCutOff)
            _clientCutOff = NewSignal();
    }

    public void ServerRestarts() => IsServerDead = false;

    /// <summary>Whether templates fail on a value.</summary>
    public bool FailsToConvert(string value)
    {
        lock (_gate)
            return _failingValues.Contains(value);
    }

    /// <summary>Throws if the handler of a change is to fail at this step.</summary>
    public void ThrowIfFailing(TargetChange change, string step)
    {
        lock (_gate)
        {
            if (_failingSteps.Contains(step) || _failingTypes.Contains((change.Type, step)) || _failingKeys.Contains((change.Key.ToString(), step)) || IsRefused(change))
                throw new TargetException($"{change.Type} is told to fail at {step} {SecretOf(change)}".TrimEnd(), Abstractions.FaultKind.Permanent);
        }
    }

    /// <summary>Whether the client's process dies here, in a handler.</summary>
    public bool DiesInHandler(string step, Moment moment) => Dies(step == _crashAt.Step && moment == _crashAt.Moment, ref _callsUntilCrash);

    /// <summary>Whether a handler hangs here until the client is stopped; and with it, all others.</summary>
    public bool HangsInHandler(string step, Moment moment)
    {
        lock (_gate)
        {
            if (IsClientCutOff)
                return true;
            if ((step, moment) != _cutOffAt || _callsUntilCutOff < 0 || _callsUntilCutOff-- != 0)
                return false;
            _clientCutOff.TrySetResult();
            return true;
        }
    }

    /// <summary>Whether the client's process dies here, at a commit.</summary>
    public bool DiesAtCommit(Moment moment) => Dies(moment == _commitMoment, ref _commitsUntilCrash);

    /// <summary>Whether the server's process dies here, when its state is written.</summary>
    public bool DiesAtServerWrite(Moment moment)
    {
        lock (_gate)
            return IsServerDead |= moment == _serverMoment && _serverWritesUntilCrash >= 0 && _serverWritesUntilCrash-- == 0;
    }

    private bool IsRefused(TargetChange change) => _refusedValues.Count > 0 && change switch
    {
        EntryAdded added => added.Entry.Values.Any(IsRefused),
        EntryModified modified => modified.Entry.Values.Any(IsRefused),
        _ => false,
    };

    private bool IsRefused(Abstractions.Data.Value value) => value.TryGetString(out var text) && _refusedValues.Any(refused => text.Contains(refused, StringComparison.Ordinal));

    // As careless as a real target may be.
    private static Abstractions.Data.Value SecretOf(TargetChange change) => change switch
    {
        EntryAdded added => added.Entry.Get(SecretWatch.Attribute),
        EntryModified modified => modified.Entry.Get(SecretWatch.Attribute),
        _ => Abstractions.Data.Value.Null,
    };

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);

    private bool Dies(bool isHere, ref int left)
    {
        lock (_gate)
        {
            if (IsClientDead)
                return true;
            if (!isHere || left < 0 || left-- != 0)
                return false;
            _clientDied.TrySetResult();
            return true;
        }
    }

    private void Locked(Action change)
    {
        lock (_gate)
            change();
    }

    private void Locked<T>(Func<T> change)
    {
        lock (_gate)
            _ = change();
    }
}
