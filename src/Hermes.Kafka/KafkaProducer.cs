using Confluent.Kafka;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Sends messages, all of a call under way at once, and waits until every one is confirmed. After a failure it starts from a new client.</summary>
internal sealed class KafkaProducer(KafkaOptions options, TimeProvider time) : IMessageBusProducer
{
    private static readonly TimeSpan FullQueuePause = TimeSpan.FromMilliseconds(5);

    private IProducer<byte[], byte[]>? _producer;
    private KafkaErrors _errors = new(options);
    private KafkaCalls _calls = new();

    public bool IsConnected => _producer is not null && !_errors.Stopped.IsCompleted;

    public async Task SendAsync(IReadOnlyList<BusMessage> messages, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(messages);
        if (messages.Count == 0)
            return;
        var batch = new KafkaBatch(messages.Count);
        var isDone = false;
        try
        {
            var open = _producer ?? await OpenAsync(cancellationToken);
            await ProduceAsync(open, messages, batch, cancellationToken);
            await WaitAsync(batch, cancellationToken);
            if (await batch.Completion is { IsError: true } error)
                throw _errors.Fault(error, batch.Confirmed);
            isDone = true;
        }
        catch (KafkaException exception)
        {
            throw _errors.Fault(exception.Error, batch.Confirmed);
        }
        finally
        {
            // What is left of this send must not reach the broker after the next one has begun.
            if (!isDone)
                await CloseAsync();
        }
    }

    public IMessageBusConsumer OpenReader() => new KafkaConsumer(options, time);

    public async ValueTask DisposeAsync() => await CloseAsync();

    private async Task<IProducer<byte[], byte[]>> OpenAsync(CancellationToken cancellationToken)
    {
        var found = _errors = new KafkaErrors(options);
        _calls = new KafkaCalls();
        _producer = KafkaFaults.TranslateErrors(options, () => new ProducerBuilder<byte[], byte[]>(KafkaConfig.Producer(options))
            .SetErrorHandler((_, error) => found.Add(error))
            .SetLogHandler((_, _) => { })
            .Build());
        await KafkaTopic.EnsureAsync(_producer.Handle, options, found, _calls, cancellationToken);
        return _producer;
    }

    private async Task ProduceAsync(
        IProducer<byte[], byte[]> open, IReadOnlyList<BusMessage> messages, KafkaBatch batch, CancellationToken cancellationToken)
    {
        var partition = KafkaTopic.Of(options);
        var (sinceProgress, before) = (time.GetTimestamp(), 0);
        for (var i = 0; i < messages.Count;)
        {
            try
            {
                var index = i;
                open.Produce(partition, KafkaMessages.ToKafka(messages[i]), report => batch.Report(index, report.Error));
                i++;
            }
            catch (ProduceException<byte[], byte[]> exception) when (exception.Error.Code == ErrorCode.Local_QueueFull && !_errors.Stopped.IsCompleted)
            {
                if (before != batch.Confirmed)
                    (sinceProgress, before) = (time.GetTimestamp(), batch.Confirmed);
                else if (time.GetElapsedTime(sinceProgress) > options.SendTimeout)
                    throw NotConfirmed(batch);
                await Task.Delay(FullQueuePause, time, cancellationToken);
            }
        }
    }

    /// <summary>Waits for the end of a send as long as it gets on.</summary>
    private async Task WaitAsync(KafkaBatch batch, CancellationToken cancellationToken)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        try
        {
            for (var before = -1; !batch.Completion.IsCompleted;)
            {
                if (before == batch.Confirmed)
                    throw NotConfirmed(batch);
                before = batch.Confirmed;
                await Task.WhenAny(batch.Completion, _errors.Stopped, Task.Delay(options.SendTimeout, time, end.Token));
                cancellationToken.ThrowIfCancellationRequested();
                if (!batch.Completion.IsCompleted && _errors.Stopped.IsCompleted)
                    throw _errors.Fault(confirmed: batch.Confirmed);
            }
        }
        finally
        {
            await end.CancelAsync();
        }
    }

    private BusException NotConfirmed(KafkaBatch batch) =>
        _errors.Fault(new Error(ErrorCode.Local_MsgTimedOut, $"nothing for {options.SendTimeout.TotalSeconds:0} s"), batch.Confirmed);

    private async Task CloseAsync()
    {
        if (_producer is { } open)
        {
            _producer = null;
            await _calls.EndAsync(open);
        }
    }
}

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
