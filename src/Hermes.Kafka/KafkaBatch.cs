using Confluent.Kafka;

namespace Hermes.Kafka;

/// <summary>Counts what Kafka has confirmed of the messages of one send: the run without a gap from the first one on.</summary>
internal sealed class KafkaBatch(int count)
{
    private readonly Lock _gate = new();
    private readonly TaskCompletionSource<Error> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
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

    /// <summary>Completes without error when all are confirmed, with the first error when one failed.</summary>
    public Task<Error> Completion => _done.Task;

    /// <summary>Takes the report on a message.</summary>
    public void Report(int index, Error error)
    {
        if (error.IsError)
        {
            _done.TrySetResult(error);
            return;
        }

        lock (_gate)
        {
            _confirmed[index] = true;
            while (_run < count && _confirmed[_run])
                _run++;
            if (_run == count)
                _done.TrySetResult(new Error(ErrorCode.NoError));
        }
    }
}
