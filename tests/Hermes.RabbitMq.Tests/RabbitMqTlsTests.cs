using Hermes.Abstractions;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.RabbitMq.Tests;

/// <summary>Which certificates of a broker are trusted, and what is told of those that are not.</summary>
[Collection(nameof(RabbitMqServer)), RequiresServer("rabbitmq")]
public sealed class RabbitMqTlsTests(SharedServer<RabbitMqServer> shared)
{
    [ServerFact]
    public async Task Authority_of_the_broker_is_trusted()
    {
        var server = await shared.GetAsync();
        var bus = await OverTlsAsync(server, server.Certificates.Authority);
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAsync(3)).DistinctIds().Should().Equal(BusReading.Ids(0, 3));
    }

    [ServerFact]
    public async Task Certificate_of_another_authority_is_refused_with_the_name_of_its_signer()
    {
        var server = await shared.GetAsync();

        await FailsAsync(await OverTlsAsync(server, server.Certificates.OtherAuthority), "signed by 'CN=Hermes", "which is not trusted", "TlsAuthorityFile");
    }

    [ServerFact]
    public async Task Authority_that_the_system_does_not_know_is_told_like_any_other()
    {
        var server = await shared.GetAsync();

        await FailsAsync(await OverTlsAsync(server, authority: null), "signed by 'CN=Hermes", "which is not trusted", "TlsAuthorityFile");
    }

    [ServerFact]
    public async Task Certificate_for_another_name_is_refused_with_both_names()
    {
        var server = await shared.GetAsync();

        await FailsAsync(
            await OverTlsAsync(server, server.Certificates.Authority, options => options.TlsServerName = "other.example"),
            "'CN=localhost' is not for the name 'other.example'",
            "TlsServerName");
    }

    [ServerFact]
    public async Task Certificate_that_has_expired_is_refused_with_its_dates()
    {
        var server = await shared.GetAsync();
        using var folder = new ServerDirectory("expired");
        var expired = TestCertificates.MakeExpired(folder.Root);
        await server.ShowCertificateAsync(expired);
        try
        {
            await FailsAsync(await OverTlsAsync(server, expired.Authority), "'CN=localhost' has expired", "Give the broker a new one");
        }
        finally
        {
            await server.ShowCertificateAsync(server.Certificates);
        }
    }

    [ServerFact]
    public async Task Port_without_tls_is_told()
    {
        var server = await shared.GetAsync();

        await FailsAsync(await OverTlsAsync(server, server.Certificates.Authority, options => options.Port = server.Port), "No TLS connection", "Port");
    }

    private static async Task<RabbitMqTestBus> OverTlsAsync(RabbitMqServer server, string? authority, Action<RabbitMqOptions>? change = null)
    {
        var bus = await RabbitMqTestBus.MakeAsync(server);
        return bus.With(options =>
        {
            (options.UseTls, options.Port, options.TlsAuthorityFile) = (true, server.TlsPort, authority);
            change?.Invoke(options);
        });
    }

    private static async Task FailsAsync(RabbitMqTestBus bus, params string[] words)
    {
        foreach (var fault in await BusFaults.OfAllCallsAsync(bus))
        {
            fault.Fault.Should().Be(FaultKind.Permanent, fault.Message);
            fault.Message.Should().Contain($"{bus.Options.Host}:{bus.Options.Port}").And.ContainAll(words);
            fault.ToString().Should().NotContain(bus.Options.Password);
        }
    }
}
