using System.ComponentModel.DataAnnotations;

namespace Hermes.Kafka;

/// <summary>Settings of a Kafka topic as the message bus. Server and clients name the same topic, which has one partition.</summary>
public sealed class KafkaOptions : IValidatableObject
{
    /// <summary>The brokers to begin with: <c>host:port</c>, several separated by commas.</summary>
    [Required(ErrorMessage = "The Kafka brokers are missing: host:port, several separated by commas.")]
    public string BootstrapServers { get; set; } = "";

    /// <summary>The topic; <c>hermes</c> by default.</summary>
    [Required(ErrorMessage = "The name of the topic is missing.")]
    public string Topic { get; set; } = "hermes";

    /// <summary>Whether a missing topic is made, with one partition; true by default. Otherwise it is an error that says so.</summary>
    public bool CreateTopic { get; set; } = true;

    /// <summary>On how many brokers a topic that is made is kept; the cluster's default if not set.</summary>
    [Range(1, 1000, ErrorMessage = "A topic is kept on at least one broker.")]
    public short? ReplicationFactor { get; set; }

    /// <summary>How long a topic that is made keeps messages. By default for ever.</summary>
    public TimeSpan? RetentionAge { get; set; }

    /// <summary>How many bytes a topic that is made keeps. By default all.</summary>
    [Range(1, long.MaxValue, ErrorMessage = "The size must be positive.")]
    public long? RetentionBytes { get; set; }

    /// <summary>The largest message, in bytes; 10,000,000 by default. The broker has a limit of its own (<c>max.message.bytes</c> of the topic).</summary>
    [Range(1000, 1_000_000_000, ErrorMessage = "Between a thousand and a thousand million bytes.")]
    public int MaxMessageBytes { get; set; } = 10_000_000;

    /// <summary>How the connection is secured; not at all by default.</summary>
    public KafkaSecurity Security { get; set; } = KafkaSecurity.Plaintext;

    /// <summary>How the user proves who it is, with a security of SASL; <see cref="KafkaSaslMechanism.ScramSha512"/> by default.</summary>
    public KafkaSaslMechanism SaslMechanism { get; set; } = KafkaSaslMechanism.ScramSha512;

    /// <summary>The user, with a security of SASL.</summary>
    public string? UserName { get; set; }

    /// <summary>Its password. Shown nowhere.</summary>
    public string? Password { get; set; }

    /// <summary>A PEM file with the certification authorities to trust instead of the system's.</summary>
    public string? TlsAuthorityFile { get; set; }

    /// <summary>A PEM file with the certificate that this side shows, where the brokers ask for one.</summary>
    public string? TlsCertificateFile { get; set; }

    /// <summary>A PEM file with the key of <see cref="TlsCertificateFile"/>.</summary>
    public string? TlsKeyFile { get; set; }

    /// <summary>The password of <see cref="TlsKeyFile"/>, if it has one. Shown nowhere.</summary>
    public string? TlsKeyPassword { get; set; }

    /// <summary>How long the brokers may take to confirm anything while messages are under way; 30 seconds by default.</summary>
    public TimeSpan SendTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>How long the brokers may take to answer a question; 10 seconds by default.</summary>
    public TimeSpan AnswerTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>
    /// Further settings of the client library (librdkafka), by its names, such as <c>socket.timeout.ms</c>; passed on as they are. Those that would break
    /// what this bus promises, such as <c>acks</c>, and those that have a setting here are refused. The values are shown nowhere.
    /// </summary>
    public IDictionary<string, string> LibrarySettings { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        var hasSasl = Security is KafkaSecurity.SaslPlaintext or KafkaSecurity.SaslTls;
        var hasTls = Security is KafkaSecurity.Tls or KafkaSecurity.SaslTls;
        if (hasSasl && string.IsNullOrEmpty(UserName))
            yield return new("The user is missing, which the security with SASL needs.", [nameof(UserName)]);
        if (hasSasl && string.IsNullOrEmpty(Password))
            yield return new("The password is missing, which the security with SASL needs.", [nameof(Password)]);
        if (!hasSasl && (UserName is not null || Password is not null))
            yield return new("A user or password is given, but the security is without SASL: set SaslTls or SaslPlaintext.", [nameof(Security)]);
        foreach (var (name, file) in new[]
        {
            (nameof(TlsAuthorityFile), TlsAuthorityFile), (nameof(TlsCertificateFile), TlsCertificateFile), (nameof(TlsKeyFile), TlsKeyFile),
        })
        {
            if (file is not null && !hasTls)
                yield return new("A file for TLS is given, but the security is without TLS: set Tls or SaslTls.", [name]);
            if (file is not null && !File.Exists(file))
                yield return new($"The file {file} does not exist.", [name]);
        }

        if (TlsCertificateFile is null != TlsKeyFile is null)
            yield return new("A certificate and its key go together.", [nameof(TlsCertificateFile), nameof(TlsKeyFile)]);
        foreach (var refused in KafkaLibrarySettings.Check(LibrarySettings.Keys))
            yield return refused;
        if (RetentionAge <= TimeSpan.Zero)
            yield return new("The age up to which messages are kept must be positive.", [nameof(RetentionAge)]);
        if (SendTimeout < TimeSpan.FromSeconds(1) || SendTimeout > TimeSpan.FromHours(1))
            yield return new("The time to send must be between a second and an hour.", [nameof(SendTimeout)]);
        if (AnswerTimeout <= TimeSpan.Zero || AnswerTimeout > TimeSpan.FromHours(1))
            yield return new("The time to answer must be positive and at most an hour.", [nameof(AnswerTimeout)]);
    }
}
