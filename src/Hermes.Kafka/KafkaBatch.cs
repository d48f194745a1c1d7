using Confluent.Kafka;

namespace Hermes.Kafka;

/// <summary>Counts what Kafka has confirmed of the messages of one send: the run without a gap from the first one on.</summary>
internal sealed class KafkaBatch(int count)
{
    private readonly Lock gate = new();
    private readonly TaskCompletionSource<Error> done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly bool[] confirmed = new bool[count];
    private int run;

    /// <summary>How many of the first messages are confirmed without a gap.</summary>
    public int Confirmed
    {
        get
        {
            lock (gate)
                return run;
        }
    }

    /// <summary>Completes without error when all are confirmed, with the first error when one failed.</summary>
    public Task<Error> Completion => done.Task;

    /// <summary>Takes the report on a message.</summary>
    public void Report(int index, Error error)
    {
        if (error.IsError)
        {
            done.TrySetResult(error);
            return;
        }

        lock (gate)
        {
            confirmed[index] = true;
            while (run < count && confirmed[run])
                run++;
            if (run == count)
                done.TrySetResult(new Error(ErrorCode.NoError));
        }
    }
}
