using System.ComponentModel.DataAnnotations;
using Confluent.Kafka;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Configuration;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Buses;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Kafka.Tests;

public sealed class KafkaConfigTests
{
    [Fact]
    public void Producer_is_idempotent_and_stops_at_a_gap()
    {
        var config = KafkaConfig.Producer(new KafkaOptions { BootstrapServers = "kafka:9093", MaxMessageBytes = 5000 });

        (config.EnableIdempotence, config.EnableGaplessGuarantee, config.Acks, config.MessageTimeoutMs, config.MessageMaxBytes).Should()
            .Be((true, true, Acks.All, 0, 5000));
    }

    [Fact]
    public void Consumer_keeps_its_offset_to_itself()
    {
        var config = KafkaConfig.Consumer(new KafkaOptions { BootstrapServers = "kafka:9093" });

        (config.EnableAutoCommit, config.EnableAutoOffsetStore, config.AutoOffsetReset, config.AllowAutoCreateTopics).Should()
            .Be((false, false, AutoOffsetReset.Error, false));
    }

    [Theory]
    [InlineData(KafkaSecurity.Plaintext, SecurityProtocol.Plaintext)]
    [InlineData(KafkaSecurity.Tls, SecurityProtocol.Ssl)]
    [InlineData(KafkaSecurity.SaslPlaintext, SecurityProtocol.SaslPlaintext)]
    [InlineData(KafkaSecurity.SaslTls, SecurityProtocol.SaslSsl)]
    public void Security_becomes_the_protocol_of_both_sides(KafkaSecurity security, SecurityProtocol protocol)
    {
        var options = new KafkaOptions { BootstrapServers = "kafka:9093", Security = security };

        KafkaConfig.Producer(options).SecurityProtocol.Should().Be(protocol);
        KafkaConfig.Consumer(options).SecurityProtocol.Should().Be(protocol);
    }

    [Theory]
    [InlineData(KafkaSaslMechanism.Plain, "PLAIN")]
    [InlineData(KafkaSaslMechanism.ScramSha256, "SCRAM-SHA-256")]
    [InlineData(KafkaSaslMechanism.ScramSha512, "SCRAM-SHA-512")]
    public void User_password_and_mechanism_are_handed_on(KafkaSaslMechanism mechanism, string name)
    {
        var config = KafkaConfig.Consumer(new KafkaOptions
        {
            BootstrapServers = "kafka:9093",
            Security = KafkaSecurity.SaslTls,
            SaslMechanism = mechanism,
            UserName = "hermes",
            Password = "p",
        });

        (config.Get("sasl.mechanism"), config.SaslUsername, config.SaslPassword).Should().Be((name, "hermes", "p"));
    }

    [Fact]
    public void Files_for_tls_are_handed_on()
    {
        var config = KafkaConfig.Producer(new KafkaOptions
        {
            BootstrapServers = "kafka:9093",
            Security = KafkaSecurity.Tls,
            TlsAuthorityFile = "ca.pem",
            TlsCertificateFile = "own.pem",
            TlsKeyFile = "own.key",
            TlsKeyPassword = "k",
        });

        (config.SslCaLocation, config.SslCertificateLocation, config.SslKeyLocation, config.SslKeyPassword).Should().Be(("ca.pem", "own.pem", "own.key", "k"));
    }

    [Fact]
    public void Topic_that_is_made_has_one_partition_and_is_never_compacted()
    {
        var topic = KafkaTopic.Specification(new KafkaOptions
        {
            Topic = "campus",
            ReplicationFactor = 3,
            RetentionAge = TimeSpan.FromDays(1),
            RetentionBytes = 7_000_000,
            MaxMessageBytes = 2_000_000,
        });

        (topic.Name, topic.NumPartitions, topic.ReplicationFactor).Should().Be(("campus", 1, (short)3));
        topic.Configs.Should().Equal(new Dictionary<string, string>
        {
            ["cleanup.policy"] = "delete",
            ["retention.ms"] = "86400000",
            ["retention.bytes"] = "7000000",
            ["max.message.bytes"] = "2000000",
        });
    }

    [Fact]
    public void Topic_that_is_made_keeps_all_by_default()
    {
        var topic = KafkaTopic.Specification(new KafkaOptions());

        topic.ReplicationFactor.Should().Be(-1, "the cluster decides");
        (topic.Configs["retention.ms"], topic.Configs["retention.bytes"]).Should().Be(("-1", "-1"));
    }

    [Fact]
    public void Settings_of_the_library_are_passed_on_from_code_and_configuration()
    {
        KafkaConfig.Producer(new KafkaOptions { LibrarySettings = { ["socket.nagle.disable"] = "true" } }).SocketNagleDisable.Should().BeTrue();
        CapturedBus.Consumer(
            client => client.AddKafkaKinds(),
            ("Kind", "Kafka"), ("BootstrapServers", "kafka:9093"), ("LibrarySettings:socket.nagle.disable", "true")).Should().BeOfType<KafkaConsumer>();
    }

    [Theory]
    [InlineData("acks", "overtake each other")]
    [InlineData("Enable.Idempotence", "overtake each other")]
    [InlineData("max.in.flight", "overtake each other")]
    [InlineData("dotnet.producer.enable.delivery.reports", "overtake each other")]
    [InlineData("auto.offset.reset", "state of the Hermes client")]
    [InlineData("security.protocol", "use Security")]
    [InlineData("sasl.mechanisms", "use SaslMechanism")]
    [InlineData("enable.partition.eof", "end of the topic")]
    [InlineData("sasl.password", "use Password")]
    public void Settings_of_the_library_that_would_break_a_promise_are_refused(string name, string reason)
    {
        var byConfiguration = () => CapturedBus.Producer(
            server => server.AddKafkaKinds(), ("Kind", "Kafka"), ("BootstrapServers", "kafka:9093"), ($"LibrarySettings:{name}", "s3cret"));
        var byCode = () => CapturedBus.Producer(server => server.UseKafka(bus => (bus.BootstrapServers, bus.LibrarySettings[name]) = ("kafka:9093", "s3cret")));

        foreach (var refused in new[] { byConfiguration.Should().Throw<HermesConfigurationException>(), byCode.Should().Throw<HermesConfigurationException>() })
            refused.WithMessage($"*Bus:LibrarySettings:{name}*{reason}*").Which.Message.Should().NotContain("s3cret");
    }

    [ServerFact]
    public async Task Settings_that_the_library_does_not_take_are_told_without_their_values()
    {
        foreach (var name in new[] { "socket.nagle.disabel", "socket.timeout.ms" })
            await IsToldAsync(name);
    }

    [Fact]
    public void Settings_that_do_not_fit_together_are_told()
    {
        var options = new KafkaOptions { BootstrapServers = "kafka:9092", UserName = "hermes", TlsAuthorityFile = "/no/such/ca.crt", TlsCertificateFile = "/no/such/own.crt" };
        var results = new List<ValidationResult>();

        Validator.TryValidateObject(options, new(options), results, validateAllProperties: true).Should().BeFalse();

        string.Join(' ', results.Select(result => result.ErrorMessage)).Should()
            .Contain("without SASL").And.Contain("without TLS").And.Contain("does not exist").And.Contain("go together");
    }

    private static async Task IsToldAsync(string name)
    {
        var options = new KafkaOptions { BootstrapServers = "kafka:9093", LibrarySettings = { [name] = "s3cret" } };
        await using var producer = new KafkaProducer(options, TimeProvider.System);
        await using var consumer = new KafkaConsumer(options, TimeProvider.System);

        foreach (var call in new Func<Task>[] { () => producer.SendAsync(BusMessages.Numbered(0, 1), default), () => consumer.TakeAsync(1) })
        {
            var fault = (await call.Should().ThrowAsync<BusException>()).Which;
            fault.Message.Should().Contain(name).And.Contain("LibrarySettings");
            fault.ToString().Should().NotContain("s3cret");
        }
    }
}
