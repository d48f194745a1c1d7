using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using Hermes.Testing.Contracts.Buses;
using Hermes.TestSupport.Servers;

namespace Hermes.Kafka.Tests;

/// <summary>TLS and log-in: what works against a real broker, and what is told when something is wrong.</summary>
[Collection(nameof(KafkaServer)), RequiresServer("kafka")]
public sealed class KafkaSecurityTests(SharedServer<KafkaServer> shared)
{
    private const string Secret = "s3cret-of-the-log";

    [ServerFact]
    public async Task Tls_with_certificates_on_both_sides_works()
    {
        var server = await shared.GetAsync();
        await using var bus = await OverTlsAsync(server);
        await using var producer = bus.CreateProducer();
        await producer.SendAsync(BusMessages.Numbered(0, 3), default);

        await using var consumer = bus.CreateConsumer();
        (await consumer.TakeAsync(3)).Select(message => message.Message.Text()).Should().Equal(BusMessages.Numbered(0, 3).Select(message => message.Text()));
    }

    [ServerFact]
    public async Task Broker_of_another_authority_is_refused()
    {
        var server = await shared.GetAsync();

        await FailsAsync(await OverTlsAsync(server, options => options.TlsAuthorityFile = server.OtherAuthority), "No TLS connection", "TlsAuthorityFile");
    }

    [ServerFact]
    public async Task Broker_whose_certificate_has_expired_is_refused()
    {
        using var folder = new ServerDirectory("expired");
        var expired = TestCertificates.MakeExpired(folder.Root);
        await using var listener = new TlsListener(expired.Certificate, expired.Key);
        var options = KafkaServerBus.ForOldBroker($"127.0.0.1:{listener.Port}", "campus");
        (options.Security, options.TlsAuthorityFile) = (KafkaSecurity.Tls, expired.Authority);

        await FailsAsync(new KafkaServerBus(await shared.GetAsync(), options), "No TLS connection", "expired");
    }

    [ServerFact]
    public async Task Broker_that_asks_for_a_certificate_in_vain_refuses()
    {
        var server = await shared.GetAsync();

        await FailsAsync(
            await OverTlsAsync(server, options => options.TlsCertificateFile = options.TlsKeyFile = null), "No TLS connection", "TlsCertificateFile");
    }

    [ServerFact]
    public async Task Port_without_tls_is_told()
    {
        var server = await shared.GetAsync();

        // The same is seen of a broker that goes down, so trying again may help.
        await FailsAsync(
            await OverTlsAsync(server, options => options.BootstrapServers = $"127.0.0.1:{server.Port}"), FaultKind.Transient, "does not speak TLS", "Security");
    }

    [ServerFact]
    public async Task Wrong_password_is_a_permanent_fault_that_shows_no_secret()
    {
        await using var broker = new RefusingBroker();
        foreach (var mechanism in Enum.GetValues<KafkaSaslMechanism>())
        {
            var options = new KafkaOptions
            {
                BootstrapServers = broker.Address,
                Security = KafkaSecurity.SaslPlaintext,
                SaslMechanism = mechanism,
                UserName = "sync",
                Password = Secret,
            };

            await FailsAsync(new KafkaServerBus(await shared.GetAsync(), options), "refused the user 'sync'", "SaslMechanism");
        }
    }

    /// <summary>How the library words it depends on what it notices first.</summary>
    [ServerFact]
    public async Task Broker_that_is_too_old_for_idempotent_producers_gets_no_message()
    {
        await using var bus = await KafkaServerBus.MakeAsync(await shared.GetAsync());
        var options = KafkaServerBus.ForOldBroker(bus.Options.BootstrapServers, bus.Options.Topic);
        options.LibrarySettings.Remove("enable.idempotence");
        options.LibrarySettings.Remove("enable.gapless.guarantee");
        await using var producer = new KafkaProducer(options, TimeProvider.System);

        await producer.Awaiting(p => p.SendAsync(BusMessages.Numbered(0, 1), default)).Should().ThrowAsync<BusException>();

        await using var consumer = bus.CreateConsumer();
        (await consumer.GetLastOffsetAsync(default)).Should().BeNull();
    }

    private static async Task<KafkaServerBus> OverTlsAsync(KafkaServer server, Action<KafkaOptions>? change = null)
    {
        var bus = await KafkaServerBus.MakeAsync(server);
        var options = KafkaServerBus.ForOldBroker($"localhost:{server.TlsPort}", bus.Options.Topic);
        options.Security = KafkaSecurity.Tls;
        (options.TlsAuthorityFile, options.TlsCertificateFile, options.TlsKeyFile) = (server.Authority, server.ClientCertificate, server.ClientKey);
        change?.Invoke(options);
        return new KafkaServerBus(server, options);
    }

    private static Task FailsAsync(KafkaServerBus bus, params string[] words) => FailsAsync(bus, FaultKind.Permanent, words);

    private static async Task FailsAsync(KafkaServerBus bus, FaultKind kind, params string[] words)
    {
        foreach (var fault in await BusFaults.OfAllCallsAsync(bus))
        {
            fault.Fault.Should().Be(kind, fault.Message);
            fault.Message.Should().Contain(bus.Options.BootstrapServers).And.ContainAll(words);
            fault.ToString().Should().NotContain(Secret);
        }
    }
}
