using Confluent.Kafka;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>One client of the library that reads the partition.</summary>
internal sealed class KafkaReader : IAsyncDisposable
{
    private const int MessagesPerPortion = 1000;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ErrorWait = TimeSpan.FromMilliseconds(20);

    private readonly KafkaOptions _options;
    private readonly KafkaErrors _errors;
    private readonly KafkaCalls _calls = new();
    private readonly IConsumer<byte[], byte[]> _consumer;
    private int _silentWaits;

    private KafkaReader(KafkaOptions options)
    {
        _options = options;
        _errors = new KafkaErrors(options);
        _consumer = KafkaFaults.TranslateErrors(options, () => new ConsumerBuilder<byte[], byte[]>(KafkaConfig.Consumer(options))
            .SetErrorHandler((_, error) => _errors.Add(error))
            .SetLogHandler((_, _) => { })
            .Build());
    }

    /// <exception cref="BusException">No broker, or no topic that fits.</exception>
    public static async Task<KafkaReader> OpenAsync(KafkaOptions options, CancellationToken cancellationToken)
    {
        var reader = new KafkaReader(options);
        try
        {
            var ensuring = KafkaTopic.EnsureAsync(reader._consumer.Handle, options, reader._errors, reader._calls, cancellationToken);
            while (!ensuring.IsCompleted)
                await reader._calls.RunAsync(reader.HearErrors, CancellationToken.None);
            await ensuring;
            return reader;
        }
        catch
        {
            await reader.DisposeAsync();
            throw;
        }
    }

    /// <summary>The first offset that is kept, and the one after the last.</summary>
    public Task<(BusOffset First, BusOffset End)> BoundsAsync(CancellationToken cancellationToken) =>
        RunAsync(
            () =>
            {
                var bounds = _consumer.QueryWatermarkOffsets(KafkaTopic.Of(_options), _options.AnswerTimeout);
                return (new BusOffset(bounds.Low.Value), new BusOffset(bounds.High.Value));
            },
            cancellationToken);

    public void StartAt(BusOffset offset) => _consumer.Assign(new TopicPartitionOffset(KafkaTopic.Of(_options), new Offset(offset.Value)));

    /// <summary>The next messages, or none when there are none for a moment.</summary>
    /// <exception cref="KafkaOffsetException">Kafka does not have the wanted offset.</exception>
    public Task<IReadOnlyList<ReceivedMessage>> ReadAsync(CancellationToken cancellationToken) => RunAsync(ReadPortion, cancellationToken);

    public async ValueTask DisposeAsync() => await _calls.EndAsync(_consumer);

    // The library tells a consumer of errors only while that one asks for messages, of which there are none before a start.
    private bool HearErrors()
    {
        try
        {
            return _consumer.Consume(ErrorWait) is not null;
        }
        catch (KafkaException exception)
        {
            _errors.Add(exception.Error);
            return false;
        }
    }

    private IReadOnlyList<ReceivedMessage> ReadPortion()
    {
        var portion = new List<ReceivedMessage>();
        for (var result = _consumer.Consume(Wait); result is not null; result = _consumer.Consume(TimeSpan.Zero))
        {
            portion.Add(KafkaMessages.FromKafka(result));
            if (portion.Count == MessagesPerPortion)
                break;
        }

        if (portion.Count > 0)
            _silentWaits = 0;
        else
            CheckSilence();
        return portion;
    }

    // The library does not tell of a broker that hangs: it asks again and again. So a long silence is broken with a question that must be answered.
    private void CheckSilence()
    {
        _errors.ThrowIfStopped();
        if (++_silentWaits * Wait < _options.AnswerTimeout)
            return;
        _silentWaits = 0;
        _consumer.QueryWatermarkOffsets(KafkaTopic.Of(_options), _options.AnswerTimeout);
    }

    private async Task<TResult> RunAsync<TResult>(Func<TResult> call, CancellationToken cancellationToken)
    {
        try
        {
            return await _calls.RunAsync(call, cancellationToken);
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
        {
            throw new KafkaOffsetException(exception);
        }
        catch (KafkaException exception)
        {
            throw _errors.Fault(exception.Error);
        }
    }
}
