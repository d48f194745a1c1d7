using Confluent.Kafka;

namespace Hermes.Kafka;

/// <summary>The settings of the client library.</summary>
internal static class KafkaConfig
{
    /// <summary>
    /// Each message once and in order: idempotent, confirmed by all replicas in step, and stopped at the first message that would leave a gap, since
    /// those after it would overtake it.
    /// </summary>
    public static ProducerConfig Producer(KafkaOptions options) =>
        With(options, new ProducerConfig
        {
            EnableIdempotence = true,
            EnableGaplessGuarantee = true,
            Acks = Acks.All,
            LingerMs = 5,
            // Never by itself: a message that the library gives up would be overtaken by the next one. The whole send is given up instead.
            MessageTimeoutMs = 0,
            MessageMaxBytes = options.MaxMessageBytes,
            QueueBufferingMaxMessages = 1_000_000,
            QueueBufferingMaxKbytes = 256 * 1024,
        });

    /// <summary>Reads an assigned partition. The offset is kept by the Hermes client, with the state that belongs to it.</summary>
    public static ConsumerConfig Consumer(KafkaOptions options) =>
        With(options, new ConsumerConfig
        {
            // The library asks for a group, but none is joined and nothing is committed.
            GroupId = "hermes",
            EnableAutoCommit = false,
            EnableAutoOffsetStore = false,
            AutoOffsetReset = AutoOffsetReset.Error,
            AllowAutoCreateTopics = false,
            FetchWaitMaxMs = 100,
            // Otherwise a broker that hangs would be noticed after a minute only.
            SocketTimeoutMs = (int)Math.Clamp(options.AnswerTimeout.TotalMilliseconds, 1000, 300_000),
            MaxPartitionFetchBytes = Math.Max(1_048_576, options.MaxMessageBytes),
        });

    private static TConfig With<TConfig>(KafkaOptions options, TConfig config)
        where TConfig : ClientConfig
    {
        config.BootstrapServers = options.BootstrapServers;
        config.ClientId = "hermes";
        config.SocketKeepaliveEnable = true;
        config.ReconnectBackoffMs = 50;
        config.ReconnectBackoffMaxMs = 1000;
        config.SecurityProtocol = options.Security switch
        {
            KafkaSecurity.Tls => SecurityProtocol.Ssl,
            KafkaSecurity.SaslPlaintext => SecurityProtocol.SaslPlaintext,
            KafkaSecurity.SaslTls => SecurityProtocol.SaslSsl,
            _ => SecurityProtocol.Plaintext,
        };
        if (options.UserName is not null)
        {
            config.SaslMechanism = options.SaslMechanism switch
            {
                KafkaSaslMechanism.Plain => SaslMechanism.Plain,
                KafkaSaslMechanism.ScramSha256 => SaslMechanism.ScramSha256,
                _ => SaslMechanism.ScramSha512,
            };
            config.SaslUsername = options.UserName;
            config.SaslPassword = options.Password;
        }

        config.SslCaLocation = options.TlsAuthorityFile;
        config.SslCertificateLocation = options.TlsCertificateFile;
        config.SslKeyLocation = options.TlsKeyFile;
        config.SslKeyPassword = options.TlsKeyPassword;
        foreach (var (name, value) in options.LibrarySettings)
            config.Set(name, value);
        return config;
    }
}
