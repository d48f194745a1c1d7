using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Security.Cryptography.X509Certificates;
using System.Text;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// Apache Kafka 0.9.0.1 with its ZooKeeper, one broker whose log is on disk. It knows neither headers nor idempotent producers. Its TLS listener
/// asks for a certificate.
/// </summary>
public sealed class KafkaServer : ITestServer<KafkaServer>
{
    private const string StorePassword = "only-of-a-test";
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(2);
    private static readonly string[] SmallAndQuick = ["-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"];

    private readonly ServerDirectory _directory = new("kafka");
    private readonly int _zooKeeperPort = FreePorts.Next();
    private ServerProcess? _zooKeeper;
    private ServerProcess? _broker;

    private KafkaServer()
    {
        _directory.Folder("tls");
        using var authority = new TestAuthority(Authority);
        authority.Issue(_directory["tls/server.crt"], _directory["tls/server.key"], "localhost", "127.0.0.1");
        authority.Issue(ClientCertificate, ClientKey, "hermes");
        using var other = new TestAuthority(OtherAuthority, "Another Test Authority");
    }

    /// <summary>Where <c>eng/servers/kafka</c> puts the libraries.</summary>
    public static string Libraries => Path.Combine(ServerSoftware.Cache, "kafka-0.9.0.1");

    /// <summary>The port of the protocol without TLS on 127.0.0.1.</summary>
    public int Port { get; } = FreePorts.Next();

    /// <summary>The port of the protocol over TLS on 127.0.0.1; asks for a certificate.</summary>
    public int TlsPort { get; } = FreePorts.Next();

    /// <summary>The authority's certificate, PEM: what a client must trust.</summary>
    public string Authority => _directory["tls/ca.crt"];

    /// <summary>An authority that signed nothing.</summary>
    public string OtherAuthority => _directory["tls/other-ca.crt"];

    /// <summary>A certificate that the broker accepts, PEM.</summary>
    public string ClientCertificate => _directory["tls/client.crt"];

    /// <summary>Its private key, PEM.</summary>
    public string ClientKey => _directory["tls/client.key"];

    /// <inheritdoc/>
    public static async Task<KafkaServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new KafkaServer();
        try
        {
            await server.ConfigureAsync(cancellationToken);
            server._zooKeeper = await ServerProcess.StartAsync(
                server.Java("org.apache.zookeeper.server.ZooKeeperServerMain", Text(server._zooKeeperPort), server._directory.Folder("zookeeper")),
                server._directory["zookeeper.log"],
                async token => (await server.AskZooKeeperAsync("ruok", token)).Contains("imok", StringComparison.Ordinal),
                StartBound,
                cancellationToken);
            server._broker = await ServerProcess.StartAsync(
                server.Java("kafka.Kafka", server._directory["server.properties"]),
                server._directory["kafka.log"],
                server.IsReadyAsync,
                StartBound,
                cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Makes a topic of one partition.</summary>
    public Task CreateTopicAsync(string topic) =>
        Programs.RunAsync(Java(
            "kafka.admin.TopicCommand",
            "--create", "--zookeeper", $"127.0.0.1:{_zooKeeperPort}", "--topic", topic, "--partitions", "1", "--replication-factor", "1"));

    /// <summary>Ends the broker as a power failure would.</summary>
    public Task KillAsync() => _broker!.KillAsync();

    /// <summary>Starts it again on its data.</summary>
    public async Task RestartAsync()
    {
        await ForgetAsync();
        await _broker!.StartAsync();
    }

    /// <summary>Lets the broker hang.</summary>
    public void Freeze() => _broker!.Freeze();

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _broker!.Thaw();

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // There is nothing to save.
        if (_broker is not null)
            await _broker.KillAsync();
        if (_zooKeeper is not null)
            await _zooKeeper.KillAsync();
        _directory.Dispose();
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private async Task ConfigureAsync(CancellationToken cancellationToken)
    {
        using (var certificate = X509Certificate2.CreateFromPemFile(_directory["tls/server.crt"], _directory["tls/server.key"]))
            await File.WriteAllBytesAsync(_directory["tls/server.p12"], certificate.Export(X509ContentType.Pkcs12, StorePassword), cancellationToken);
        await Programs.RunAsync(
            new(
                ServerSoftware.Program("keytool", "kafka"),
                "-importcert", "-noprompt", "-alias", "ca", "-file", Authority, "-keystore", _directory["tls/trust.p12"], "-storepass", StorePassword),
            cancellationToken);
        await File.WriteAllLinesAsync(
            _directory["log4j.properties"],
            [
                "log4j.rootLogger=WARN, out",
                "log4j.appender.out=org.apache.log4j.ConsoleAppender",
                "log4j.appender.out.layout=org.apache.log4j.PatternLayout",
                "log4j.appender.out.layout.ConversionPattern=%d %p %m (%c)%n",
            ],
            cancellationToken);
        await File.WriteAllLinesAsync(
            _directory["server.properties"],
            [
                "broker.id=1",
                $"listeners=PLAINTEXT://127.0.0.1:{Port},SSL://127.0.0.1:{TlsPort}",
                $"log.dirs={_directory.Folder("log")}",
                $"zookeeper.connect=127.0.0.1:{_zooKeeperPort}",
                "zookeeper.session.timeout.ms=30000",
                "auto.create.topics.enable=false",
                $"ssl.keystore.location={_directory["tls/server.p12"]}",
                "ssl.keystore.type=PKCS12",
                $"ssl.keystore.password={StorePassword}",
                $"ssl.key.password={StorePassword}",
                $"ssl.truststore.location={_directory["tls/trust.p12"]}",
                "ssl.truststore.type=PKCS12",
                $"ssl.truststore.password={StorePassword}",
                "ssl.client.auth=required",
            ],
            cancellationToken);
    }

    private ServerCommand Java(string main, params IReadOnlyList<string> arguments) =>
        new(
            ServerSoftware.Program("java", "kafka"),
            [.. SmallAndQuick, $"-Dlog4j.configuration=file:{_directory["log4j.properties"]}", "-cp", Path.Combine(Libraries, "*"), main, .. arguments]);

    // ZooKeeper would keep its place free for as long as it might only be slow. This shell reads its commands from standard input alone.
    private async Task ForgetAsync()
    {
        var shell = Java("org.apache.zookeeper.ZooKeeperMain", "-server", $"127.0.0.1:{_zooKeeperPort}");
        const string Commands = @"delete /brokers/ids/1\ndelete /controller\nquit\n";
        await Programs.RunAsync(new("/bin/sh", ["-c", $"printf '{Commands}' | \"$0\" \"$@\"", shell.Program, .. shell.Arguments]));
        await Polling.UntilAsync(async token => !await IsRegisteredAsync(token), StartBound, "ZooKeeper to forget the broker");
    }

    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, Port, cancellationToken);
        }
        catch (SocketException)
        {
            return false;
        }

        return await IsRegisteredAsync(cancellationToken);
    }

    private async Task<bool> IsRegisteredAsync(CancellationToken cancellationToken) =>
        (await AskZooKeeperAsync("dump", cancellationToken)).Contains("/brokers/ids/1", StringComparison.Ordinal);

    /// <summary>Sends one of the four-letter words that ZooKeeper answers; nothing while it does not run.</summary>
    private async Task<string> AskZooKeeperAsync(string word, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, _zooKeeperPort, cancellationToken);
            await using var stream = client.GetStream();
            await stream.WriteAsync(Encoding.ASCII.GetBytes(word), cancellationToken);
            using var reader = new StreamReader(stream, Encoding.ASCII);
            return await reader.ReadToEndAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return "";
        }
    }
}
