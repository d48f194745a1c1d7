namespace Hermes.Kafka;

/// <summary>How a connection to Kafka is secured.</summary>
public enum KafkaSecurity
{
    /// <summary>Neither encrypted nor authenticated.</summary>
    Plaintext,

    /// <summary>Encrypted with TLS.</summary>
    Tls,

    /// <summary>Authenticated by user and password, not encrypted.</summary>
    SaslPlaintext,

    /// <summary>Encrypted with TLS and authenticated by user and password.</summary>
    SaslTls,
}
