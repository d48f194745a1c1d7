using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.RabbitMq;

/// <summary>
/// Counts what the broker has confirmed of the messages of one send. Confirmations come in any order and for many at once; what counts is
/// the run without a gap from the first message on.
/// </summary>
/// <param name="first">The publishing number of the first message.</param>
/// <param name="count">How many messages are sent.</param>
internal sealed class PublisherConfirms(ulong first, int count)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool[] _confirmed = new bool[count];
    private int _run;

    /// <summary>How many of the first messages are confirmed without a gap.</summary>
    public int Confirmed
    {
        get
        {
            lock (_gate)
                return _run;
        }
    }

    /// <summary>Completes when all are confirmed, or fails when one will not be.</summary>
    public Task Completion => _done.Task;

    /// <summary>Takes a confirmation of one message, or of all up to it.</summary>
    public void Confirm(ulong number, bool andAllBefore)
    {
        lock (_gate)
        {
            // Numbers from before belong to an earlier send. After a failure nothing counts: the broker confirms what it returned, too.
            if (number < first || _done.Task.IsCompleted)
                return;
            var index = (int)Math.Min(number - first, (ulong)count - 1);
            for (var i = andAllBefore ? _run : index; i <= index; i++)
                _confirmed[i] = true;
            while (_run < count && _confirmed[_run])
                _run++;
            if (_run == count)
                _done.TrySetResult();
        }
    }

    /// <summary>Takes the broker's refusal of a message.</summary>
    public void Refuse(ulong number)
    {
        if (number >= first)
            Fail(new BusException("The RabbitMQ broker refused a message; it could not store it. See its log.", FaultKind.Transient));
    }

    public void Fail(BusException fault)
    {
        lock (_gate)
            _done.TrySetException(fault);
    }
}
