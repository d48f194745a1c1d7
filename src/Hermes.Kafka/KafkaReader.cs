using Confluent.Kafka;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>One client of the library that reads the partition.</summary>
internal sealed class KafkaReader : IAsyncDisposable
{
    private const int MessagesPerPortion = 1000;
    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan ErrorWait = TimeSpan.FromMilliseconds(20);

    private readonly KafkaOptions options;
    private readonly KafkaErrors errors;
    private readonly KafkaCalls calls = new();
    private readonly IConsumer<byte[], byte[]> consumer;
    private int silentWaits;

    private KafkaReader(KafkaOptions options)
    {
        this.options = options;
        errors = new KafkaErrors(options);
        consumer = KafkaFaults.Told(options, () => new ConsumerBuilder<byte[], byte[]>(KafkaConfig.Consumer(options))
            .SetErrorHandler((_, error) => errors.Add(error))
            .SetLogHandler((_, _) => { })
            .Build());
    }

    /// <exception cref="BusException">No broker, or no topic that fits.</exception>
    public static async Task<KafkaReader> OpenAsync(KafkaOptions options, CancellationToken cancellationToken)
    {
        var reader = new KafkaReader(options);
        try
        {
            var ensuring = KafkaTopic.EnsureAsync(reader.consumer.Handle, options, reader.errors, reader.calls, cancellationToken);
            while (!ensuring.IsCompleted)
                await reader.calls.RunAsync(reader.HearErrors, CancellationToken.None);
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
                var bounds = consumer.QueryWatermarkOffsets(KafkaTopic.Of(options), options.AnswerTimeout);
                return (new BusOffset(bounds.Low.Value), new BusOffset(bounds.High.Value));
            },
            cancellationToken);

    public void StartAt(BusOffset offset) => consumer.Assign(new TopicPartitionOffset(KafkaTopic.Of(options), new Offset(offset.Value)));

    /// <summary>The next messages, or none when there are none for a moment.</summary>
    /// <exception cref="KafkaOffsetException">Kafka does not have the wanted offset.</exception>
    public Task<IReadOnlyList<ReceivedMessage>> ReadAsync(CancellationToken cancellationToken) => RunAsync(ReadPortion, cancellationToken);

    public async ValueTask DisposeAsync() => await calls.EndAsync(consumer);

    // The library tells a consumer of errors only while that one asks for messages, of which there are none before a start.
    private bool HearErrors()
    {
        try
        {
            return consumer.Consume(ErrorWait) is not null;
        }
        catch (KafkaException exception)
        {
            errors.Add(exception.Error);
            return false;
        }
    }

    private IReadOnlyList<ReceivedMessage> ReadPortion()
    {
        var portion = new List<ReceivedMessage>();
        for (var result = consumer.Consume(Wait); result is not null; result = consumer.Consume(TimeSpan.Zero))
        {
            portion.Add(KafkaMessages.FromKafka(result));
            if (portion.Count == MessagesPerPortion)
                break;
        }

        if (portion.Count > 0)
            silentWaits = 0;
        else
            CheckSilence();
        return portion;
    }

    // The library does not tell of a broker that hangs: it asks again and again. So a long silence is broken with a question that must be answered.
    private void CheckSilence()
    {
        errors.ThrowIfStopped();
        if (++silentWaits * Wait < options.AnswerTimeout)
            return;
        silentWaits = 0;
        consumer.QueryWatermarkOffsets(KafkaTopic.Of(options), options.AnswerTimeout);
    }

    private async Task<TResult> RunAsync<TResult>(Func<TResult> call, CancellationToken cancellationToken)
    {
        try
        {
            return await calls.RunAsync(call, cancellationToken);
        }
        catch (KafkaException exception) when (exception.Error.Code is ErrorCode.Local_AutoOffsetReset or ErrorCode.OffsetOutOfRange)
        {
            throw new KafkaOffsetException(exception);
        }
        catch (KafkaException exception)
        {
            throw errors.Fault(exception.Error);
        }
    }
}
