using Hermes.Abstractions.Configuration;
using Hermes.TestSupport.Buses;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.RabbitMq.Tests;

public sealed class RabbitMqExtensionsTests
{
    [Fact]
    public void Configuration_makes_both_sides()
    {
        (string, string)[] settings = [("Kind", "RabbitMq"), ("Host", "rabbit"), ("UserName", "u"), ("Password", "p"), ("RetentionAge", "7.00:00:00")];

        CapturedBus.Producer(server => server.AddRabbitMqKinds(), settings).Should().BeOfType<RabbitMqProducer>();
        CapturedBus.Consumer(client => client.AddRabbitMqKinds(), settings).Should().BeOfType<RabbitMqConsumer>();
    }

    [Fact]
    public void Settings_that_are_wrong_are_told_by_their_path_and_show_no_secret()
    {
        var byConfiguration = () => CapturedBus.Producer(server => server.AddRabbitMqKinds(), ("Kind", "RabbitMq"), ("Password", "s3cret"), ("Prefetch", "1"));
        var byCode = () => CapturedBus.Consumer(client => client.UseRabbitMq(bus => (bus.Host, bus.UserName, bus.Password, bus.TlsAuthorityFile) = ("h", "u", "s3cret", "/no/ca")));

        byConfiguration.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:Host*Bus:Prefetch*").Which.Message.Should().NotContain("s3cret");
        byCode.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:TlsAuthorityFile*").Which.Message.Should().NotContain("s3cret");
    }
}
