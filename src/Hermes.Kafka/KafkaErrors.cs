using Confluent.Kafka;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Collects what the library reports by the way: it goes on trying by itself, where a caller must be told.</summary>
internal sealed class KafkaErrors(KafkaOptions options)
{
    private readonly TaskCompletionSource _stopped = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Error? _cause;

    /// <summary>Completes when nothing will go on until something changes.</summary>
    public Task Stopped => _stopped.Task;

    public void Add(Error error)
    {
        // "All brokers are down" follows the error that says why.
        if (error.Code != ErrorCode.Local_AllBrokersDown)
            _cause = error;
        if (KafkaFaults.StopsWork(error))
            _stopped.TrySetResult();
    }

    /// <summary>The failure of a call: for the reason that was reported by the way, if there is one, since a call only says that it took too long.</summary>
    public BusException Fault(Error? ofCall = null, int confirmed = 0) =>
        KafkaFaults.Of(
            ofCall is null || IsConsequence(ofCall.Code) ? _cause ?? ofCall ?? new Error(ErrorCode.Local_AllBrokersDown) : ofCall, options, confirmed);

    /// <exception cref="BusException">Nothing will go on until something changes.</exception>
    public void ThrowIfStopped()
    {
        if (_stopped.Task.IsCompleted)
            throw Fault();
    }

    private static bool IsConsequence(ErrorCode code) =>
        code is ErrorCode.Local_TimedOut or ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_MsgTimedOut
            or ErrorCode.Local_PurgeQueue or ErrorCode.Local_PurgeInflight or ErrorCode.Local_Fatal;
}
