using System.ComponentModel.DataAnnotations;

namespace Hermes.RabbitMq;

/// <summary>Settings of a RabbitMQ stream as the message bus. Server and clients name the same stream.</summary>
public sealed class RabbitMqOptions : IValidatableObject
{
    /// <summary>The name or address of the broker.</summary>
    [Required(ErrorMessage = "The host of the RabbitMQ broker is missing.")]
    public string Host { get; set; } = "";

    /// <summary>The port; by default 5672, or 5671 with TLS.</summary>
    [Range(1, 65535, ErrorMessage = "A port is a number from 1 to 65535.")]
    public int? Port { get; set; }

    /// <summary>The virtual host; <c>/</c> by default.</summary>
    [Required(ErrorMessage = "The virtual host is missing.")]
    public string VirtualHost { get; set; } = "/";

    /// <summary>The user.</summary>
    [Required(ErrorMessage = "The user name is missing.")]
    public string UserName { get; set; } = "";

    /// <summary>Its password. Shown nowhere.</summary>
    [Required(ErrorMessage = "The password is missing.")]
    public string Password { get; set; } = "";

    /// <summary>The stream; <c>hermes</c> by default.</summary>
    [Required(ErrorMessage = "The name of the stream is missing.")]
    public string Stream { get; set; } = "hermes";

    /// <summary>Whether a missing stream is made; true by default. Otherwise it is an error that says so.</summary>
    public bool CreateStream { get; set; } = true;

    /// <summary>How long a stream that is made keeps messages. By default for ever. Whole segments are removed.</summary>
    public TimeSpan? RetentionAge { get; set; }

    /// <summary>How many bytes a stream that is made keeps. By default all. Whole segments are removed.</summary>
    [Range(1, long.MaxValue, ErrorMessage = "The size must be positive.")]
    public long? RetentionBytes { get; set; }

    /// <summary>The size of the segments of a stream that is made, in bytes; the broker's default (500 MB) if not set.</summary>
    [Range(1, 3_000_000_000, ErrorMessage = "The broker takes segments of at most 3 GB.")]
    public long? SegmentBytes { get; set; }

    /// <summary>Whether the connection is encrypted; false by default.</summary>
    public bool UseTls { get; set; }

    /// <summary>The name that the broker's certificate must bear; <see cref="Host"/> by default.</summary>
    public string? TlsServerName { get; set; }

    /// <summary>A PEM file with the certification authorities to trust instead of the system's.</summary>
    public string? TlsAuthorityFile { get; set; }

    /// <summary>How many messages a reader has under way; 1,000 by default.</summary>
    [Range(10, 60000, ErrorMessage = "Between 10 and 60000 messages may be under way.")]
    public int Prefetch { get; set; } = 1000;

    /// <summary>How long a connection may take to be made; 10 seconds by default.</summary>
    public TimeSpan ConnectTimeout { get; set; } = TimeSpan.FromSeconds(10);

    /// <summary>How long the broker may take to confirm anything while messages are under way; 30 seconds by default.</summary>
    public TimeSpan ConfirmTimeout { get; set; } = TimeSpan.FromSeconds(30);

    /// <summary>
    /// How often both sides give a sign of life; 20 seconds by default. A reader is told of a broker that hangs when about two of them are missing.
    /// </summary>
    public TimeSpan Heartbeat { get; set; } = TimeSpan.FromSeconds(20);

    /// <summary>The broker, for messages and logs: never with a credential.</summary>
    internal string Address => $"{Host}:{EffectivePort}";

    internal int EffectivePort => Port ?? (UseTls ? 5671 : 5672);

    IEnumerable<ValidationResult> IValidatableObject.Validate(ValidationContext validationContext)
    {
        if (RetentionAge < TimeSpan.FromSeconds(1))
            yield return new("The broker keeps messages for at least a second.", [nameof(RetentionAge)]);
        if (ConnectTimeout <= TimeSpan.Zero)
            yield return new("The time to connect must be positive.", [nameof(ConnectTimeout)]);
        if (ConfirmTimeout <= TimeSpan.Zero)
            yield return new("The time to confirm must be positive.", [nameof(ConfirmTimeout)]);
        if (Heartbeat < TimeSpan.FromSeconds(1) || Heartbeat > TimeSpan.FromHours(1))
            yield return new("The heartbeat must be between a second and an hour.", [nameof(Heartbeat)]);
        if (TlsAuthorityFile is not null && !UseTls)
            yield return new("An authority is given, but TLS is off: set UseTls.", [nameof(TlsAuthorityFile)]);
        if (TlsAuthorityFile is not null && !File.Exists(TlsAuthorityFile))
            yield return new($"The file {TlsAuthorityFile} does not exist.", [nameof(TlsAuthorityFile)]);
    }
}
