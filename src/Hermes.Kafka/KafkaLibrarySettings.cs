using System.Collections.Frozen;
using System.ComponentModel.DataAnnotations;

namespace Hermes.Kafka;

/// <summary>
/// Which settings of the client library a user may not give: those that would break what Hermes promises, and those that have a setting of
/// their own.
/// </summary>
internal static class KafkaLibrarySettings
{
    private const string Once = "it would let events get lost, come twice or overtake each other";
    private const string Offsets = "the offset is kept in the state of the Hermes client";

    private static readonly FrozenDictionary<string, string> Reserved = new Dictionary<string, string>
    {
        ["acks"] = Once,
        ["request.required.acks"] = Once,
        ["enable.idempotence"] = Once,
        ["enable.gapless.guarantee"] = Once,
        ["max.in.flight"] = Once,
        ["max.in.flight.requests.per.connection"] = Once,
        ["message.timeout.ms"] = Once,
        ["delivery.timeout.ms"] = Once,
        ["retries"] = Once,
        ["message.send.max.retries"] = Once,
        ["queuing.strategy"] = Once,
        ["transactional.id"] = Once,
        ["group.id"] = Offsets,
        ["group.instance.id"] = Offsets,
        ["enable.auto.commit"] = Offsets,
        ["auto.commit.enable"] = Offsets,
        ["enable.auto.offset.store"] = Offsets,
        ["auto.offset.reset"] = Offsets,
        ["allow.auto.create.topics"] = "such a topic could have several partitions; use CreateTopic",
        ["bootstrap.servers"] = "use BootstrapServers",
        ["metadata.broker.list"] = "use BootstrapServers",
        ["message.max.bytes"] = "use MaxMessageBytes",
        ["enable.partition.eof"] = "Hermes knows the end of the topic by itself",
        ["security.protocol"] = "use Security",
        ["sasl.mechanism"] = "use SaslMechanism",
        ["sasl.mechanisms"] = "use SaslMechanism",
        ["sasl.username"] = "use UserName",
        ["sasl.password"] = "use Password",
        ["ssl.ca.location"] = "use TlsAuthorityFile",
        ["ssl.certificate.location"] = "use TlsCertificateFile",
        ["ssl.key.location"] = "use TlsKeyFile",
        ["ssl.key.password"] = "use TlsKeyPassword",
    }.ToFrozenDictionary(StringComparer.OrdinalIgnoreCase);

    public static IEnumerable<ValidationResult> Check(IEnumerable<string> names) =>
        from name in names
        let reason = Reserved.GetValueOrDefault(name) ?? (name.StartsWith("dotnet.", StringComparison.OrdinalIgnoreCase) ? Once : null)
        where reason is not null
        select new ValidationResult(
            $"This setting of the client library cannot be given here: {reason}.", [$"{nameof(KafkaOptions.LibrarySettings)}:{name}"]);
}
