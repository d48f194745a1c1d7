using Hermes.Abstractions.Configuration;
using Hermes.TestSupport.Buses;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Kafka.Tests;

public sealed class KafkaExtensionsTests
{
    [Fact]
    public void Configuration_makes_both_sides()
    {
        (string, string)[] settings =
            [("Kind", "Kafka"), ("BootstrapServers", "kafka:9093"), ("Security", "SaslTls"), ("UserName", "u"), ("Password", "p"), ("ReplicationFactor", "3")];

        CapturedBus.Producer(server => server.AddKafkaKinds(), settings).Should().BeOfType<KafkaProducer>();
        CapturedBus.Consumer(client => client.AddKafkaKinds(), settings).Should().BeOfType<KafkaConsumer>();
    }

    [Fact]
    public void Settings_that_are_wrong_are_told_by_their_path_and_show_no_secret()
    {
        var byConfiguration = () => CapturedBus.Producer(server => server.AddKafkaKinds(), ("Kind", "Kafka"), ("Password", "s3cret"), ("Security", "Tsl"));
        var byCode = () => CapturedBus.Consumer(client => client.UseKafka(bus => (bus.BootstrapServers, bus.Password) = ("kafka:9092", "s3cret")));

        byConfiguration.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:Security*SaslTls*").Which.Message.Should().NotContain("s3cret");
        byCode.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:Security*").Which.Message.Should().NotContain("s3cret");
    }
}
