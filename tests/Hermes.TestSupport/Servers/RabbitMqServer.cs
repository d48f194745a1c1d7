using System.Globalization;
using System.Net;
using System.Net.Sockets;

namespace Hermes.TestSupport.Servers;

/// <summary>A RabbitMQ broker with streams, and a port mapper of its own so that it meets no other Erlang program of the machine.</summary>
public sealed class RabbitMqServer : ITestServer<RabbitMqServer>
{
    private static readonly TimeSpan StartBound = TimeSpan.FromMinutes(3);

    private readonly ServerDirectory _directory = new("rabbitmq");
    private readonly int _distributionPort = FreePorts.Next();
    private readonly int _mapperPort = FreePorts.Next();
    private readonly int _streamPort = FreePorts.Next();
    private readonly (string Certificate, string Key) _shown;
    private ServerProcess? _mapper;
    private ServerProcess? _broker;

    private RabbitMqServer()
    {
        Certificates = TestCertificates.Make(_directory.Folder("tls"));
        _shown = (Path.Combine(_directory.Folder("shown"), "server.crt"), Path.Combine(_directory.Folder("shown"), "server.key"));
        File.Copy(Certificates.Certificate, _shown.Certificate);
        File.Copy(Certificates.Key, _shown.Key);
    }

    /// <summary>The port of AMQP on 127.0.0.1.</summary>
    public int Port { get; } = FreePorts.Next();

    /// <summary>The port of AMQP over TLS on 127.0.0.1.</summary>
    public int TlsPort { get; } = FreePorts.Next();

    /// <summary>What TLS is made of.</summary>
    public TestCertificates Certificates { get; }

    /// <summary>The user that may do everything.</summary>
    public string User => "hermes";

    /// <summary>Its password.</summary>
    public string Password => "s3cret-of-the-rabbit";

    /// <inheritdoc/>
    public static async Task<RabbitMqServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new RabbitMqServer();
        try
        {
            server.Configure();
            server._mapper = await ServerProcess.StartAsync(
                server.Command(ServerSoftware.Program("epmd", "rabbitmq"), "-port", Text(server._mapperPort), "-address", "127.0.0.1"),
                server._directory["mapper.log"],
                token => AnswersAsync(server._mapperPort, token),
                StartBound,
                cancellationToken);
            server._broker = await ServerProcess.StartAsync(
                server.Command("/usr/lib/rabbitmq/bin/rabbitmq-server"), server._directory["out.log"], server.IsReadyAsync, StartBound, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Ends the broker as a power failure would.</summary>
    public Task KillAsync() => _broker!.KillAsync();

    /// <summary>Starts it again on its data.</summary>
    public Task RestartAsync() => _broker!.StartAsync();

    /// <summary>Lets the broker hang.</summary>
    public void Freeze() => _broker!.Freeze();

    /// <summary>Lets it go on.</summary>
    public void Thaw() => _broker!.Thaw();

    /// <summary>Lets the broker show another certificate from now on.</summary>
    public async Task ShowCertificateAsync(TestCertificates certificates)
    {
        ArgumentNullException.ThrowIfNull(certificates);
        File.Copy(certificates.Certificate, _shown.Certificate, overwrite: true);
        File.Copy(certificates.Key, _shown.Key, overwrite: true);
        await ControlAsync("eval", "ssl:clear_pem_cache().");
    }

    /// <summary>Runs <c>rabbitmqctl</c> on it and returns its output.</summary>
    public Task<string> ControlAsync(params string[] arguments) => Programs.RunAsync(Command("/usr/lib/rabbitmq/bin/rabbitmqctl", ["-q", .. arguments]));

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        // There is nothing to save: a kill is quicker than the broker's own farewell.
        if (_broker is not null)
            await _broker.KillAsync();
        if (_mapper is not null)
            await _mapper.KillAsync();
        _directory.Dispose();
    }

    private static async Task<bool> AnswersAsync(int port, CancellationToken cancellationToken)
    {
        using var client = new TcpClient();
        try
        {
            await client.ConnectAsync(IPAddress.Loopback, port, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private static string Text(int number) => number.ToString(CultureInfo.InvariantCulture);

    private void Configure()
    {
        _directory.Folder("home");
        File.WriteAllText(_directory["enabled_plugins"], "[rabbitmq_stream].");
        File.WriteAllLines(
            _directory["rabbitmq.conf"],
            [
                $"listeners.tcp.1 = 127.0.0.1:{Port}",
                $"listeners.ssl.1 = 127.0.0.1:{TlsPort}",
                $"ssl_options.cacertfile = {Certificates.Authority}",
                $"ssl_options.certfile = {_shown.Certificate}",
                $"ssl_options.keyfile = {_shown.Key}",
                "ssl_options.verify = verify_none",
                $"stream.listeners.tcp.1 = 127.0.0.1:{_streamPort}",
                $"default_user = {User}",
                $"default_pass = {Password}",
                "log.console = false",
                "vm_memory_high_watermark.absolute = 2GB",
                "disk_free_limit.absolute = 50MB",
            ]);
    }

    private ServerCommand Command(string program, params IReadOnlyList<string> arguments) =>
        new(program, arguments)
        {
            Environment = new Dictionary<string, string>
            {
                ["HOME"] = _directory["home"],
                ["RABBITMQ_NODENAME"] = "hermes@localhost",
                ["RABBITMQ_NODE_IP_ADDRESS"] = "127.0.0.1",
                ["RABBITMQ_NODE_PORT"] = Text(Port),
                ["RABBITMQ_DIST_PORT"] = Text(_distributionPort),
                ["RABBITMQ_MNESIA_BASE"] = _directory["data"],
                ["RABBITMQ_LOG_BASE"] = _directory["log"],
                ["RABBITMQ_CONF_ENV_FILE"] = "/dev/null",
                ["RABBITMQ_CONFIG_FILE"] = _directory["rabbitmq.conf"],
                ["RABBITMQ_ENABLED_PLUGINS_FILE"] = _directory["enabled_plugins"],
                ["RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS"] = "-kernel inet_dist_use_interface {127,0,0,1}",
                ["ERL_EPMD_ADDRESS"] = "127.0.0.1",
                ["ERL_EPMD_PORT"] = Text(_mapperPort),
            },
        };

    // The listener opens before streams are ready; asking for the queues' state waits for those.
    private async Task<bool> IsReadyAsync(CancellationToken cancellationToken) =>
        await AnswersAsync(Port, cancellationToken)
        && (await Programs.TryRunAsync(Command("/usr/lib/rabbitmq/bin/rabbitmqctl", "-q", "list_queues", "name", "state"), cancellationToken)).Code == 0;
}
