using System.Globalization;
using Confluent.Kafka;
using Confluent.Kafka.Admin;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Sees to it that the topic is there and has one partition: Kafka keeps order within a partition only.</summary>
internal static class KafkaTopic
{
    /// <summary>The only partition.</summary>
    public static TopicPartition Of(KafkaOptions options) => new(options.Topic, new Partition(0));

    /// <param name="handle">The client whose connection is used.</param>
    /// <param name="options">The topic.</param>
    /// <param name="errors">What that client reports by the way.</param>
    /// <param name="calls">What runs calls of that client.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="BusException">It is missing and must not or cannot be made, has several partitions, or no broker answers.</exception>
    public static async Task EnsureAsync(
        Handle handle, KafkaOptions options, KafkaErrors errors, KafkaCalls calls, CancellationToken cancellationToken)
    {
        using var admin = new DependentAdminClientBuilder(handle).Build();
        if (await PartitionsAsync(admin, options, errors, calls, cancellationToken) is { } partitions)
        {
            if (partitions != 1)
            {
                throw new BusException(
                    $"The topic '{options.Topic}' has {partitions} partitions; it must have one, since Kafka keeps the order within a partition only. "
                    + "Name another, or make it anew with one partition.",
                    FaultKind.Permanent);
            }

            return;
        }

        if (!options.CreateTopic)
            throw KafkaFaults.TopicMissing(options);
        await CreateAsync(admin, options, cancellationToken);
    }

    /// <summary>What a topic that is made is like.</summary>
    public static TopicSpecification Specification(KafkaOptions options) =>
        new()
        {
            Name = options.Topic,
            NumPartitions = 1,
            ReplicationFactor = options.ReplicationFactor ?? -1,
            Configs = new Dictionary<string, string>
            {
                // Compaction would drop all but the last message of a category.
                ["cleanup.policy"] = "delete",
                ["retention.ms"] = Text(options.RetentionAge is { } age ? (long)age.TotalMilliseconds : -1),
                ["retention.bytes"] = Text(options.RetentionBytes ?? -1),
                ["max.message.bytes"] = Text(options.MaxMessageBytes),
            },
        };

    private static async Task<int?> PartitionsAsync(
        IAdminClient admin, KafkaOptions options, KafkaErrors errors, KafkaCalls calls, CancellationToken cancellationToken)
    {
        var asking = calls.RunAsync(() => admin.GetMetadata(options.Topic, options.AnswerTimeout), cancellationToken);
        try
        {
            await Task.WhenAny(asking, errors.Stopped);
            if (!asking.IsCompletedSuccessfully)
                errors.ThrowIfStopped();
            var topic = (await asking).Topics.Single(found => found.Topic == options.Topic);
            return topic.Error.Code switch
            {
                ErrorCode.NoError => topic.Partitions.Count,
                ErrorCode.UnknownTopicOrPart => null,
                _ => throw KafkaFaults.Of(topic.Error, options),
            };
        }
        catch (KafkaException exception)
        {
            throw errors.Fault(exception.Error);
        }
    }

    private static async Task CreateAsync(IAdminClient admin, KafkaOptions options, CancellationToken cancellationToken)
    {
        try
        {
            var limits = new CreateTopicsOptions { OperationTimeout = options.AnswerTimeout, RequestTimeout = options.AnswerTimeout };
            await admin.CreateTopicsAsync([Specification(options)], limits).WaitAsync(cancellationToken);
        }
        catch (CreateTopicsException exception) when (exception.Results.All(result => result.Error.Code == ErrorCode.TopicAlreadyExists))
        {
            // Another side was quicker.
        }
        catch (CreateTopicsException exception)
        {
            throw KafkaFaults.Of(exception.Results[0].Error, options);
        }
        catch (KafkaException exception)
        {
            throw KafkaFaults.Of(exception.Error, options);
        }
    }

    private static string Text(long number) => number.ToString(CultureInfo.InvariantCulture);
}
