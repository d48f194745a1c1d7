namespace Hermes.Kafka;

/// <summary>How a user proves to Kafka who it is.</summary>
public enum KafkaSaslMechanism
{
    /// <summary>SCRAM with SHA-512.</summary>
    ScramSha512,

    /// <summary>SCRAM with SHA-256.</summary>
    ScramSha256,

    /// <summary>The password as it is; only over TLS.</summary>
    Plain,
}
