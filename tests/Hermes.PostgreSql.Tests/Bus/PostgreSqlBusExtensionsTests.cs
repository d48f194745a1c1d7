using Hermes.Abstractions.Configuration;
using Hermes.PostgreSql.Bus;
using Hermes.TestSupport.Buses;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.PostgreSql.Tests.Bus;

public sealed class PostgreSqlBusExtensionsTests
{
    [Fact]
    public async Task Configuration_makes_both_sides()
    {
        (string, string)[] settings = [("Kind", "PostgreSql"), ("ConnectionString", "Host=db;Username=u;Password=p"), ("RetentionAge", "7.00:00:00"), ("Schema", "bus of \"us\"")];

        await using var producer = CapturedBus.Producer(server => PostgreSqlBusExtensions.AddKind(server), settings);
        await using var consumer = CapturedBus.Consumer(client => PostgreSqlBusExtensions.AddKind(client), settings);
        producer.Should().BeOfType<PostgreSqlBusProducer>();
        consumer.Should().BeOfType<PostgreSqlBusConsumer>();
    }

    [Fact]
    public void Settings_that_are_wrong_are_told_by_their_path_and_show_no_secret()
    {
        var byConfiguration = () => CapturedBus.Producer(
            server => PostgreSqlBusExtensions.AddKind(server), ("Kind", "PostgreSql"), ("ConnectionString", "Password=s3cret;Port=s3cret"));
        var byCode = () => CapturedBus.Consumer(client => client.UsePostgreSqlBus(
            bus => (bus.ConnectionString, bus.Schema, bus.PollInterval) = ("Host=h;Password=s3cret", new string('x', 64), TimeSpan.Zero)));

        byConfiguration.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:ConnectionString*").Which.Message.Should().NotContain("s3cret");
        byCode.Should().Throw<HermesConfigurationException>().WithMessage("*Bus:Schema*Bus:PollInterval*").Which.Message.Should().NotContain("s3cret");
    }
}
