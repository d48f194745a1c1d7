using Confluent.Kafka;

namespace Hermes.Kafka;

/// <summary>Kafka does not have the offset that is wanted; why, its bounds tell.</summary>
internal sealed class KafkaOffsetException(KafkaException inner) : Exception(inner.Message, inner);
