using System.Net.Security;
using System.Net.Sockets;

namespace Hermes.Contracts.Servers;

/// <summary>
/// A domain controller of Active Directory, made by Samba. Its ports cannot be moved: it takes 389, 636, 3268 and 3269 of 127.0.0.1, and only one can
/// run on a machine. Must be started by root.
/// </summary>
public sealed class SambaServer : ITestServer<SambaServer>
{
    /// <summary>The suffix of the directory.</summary>
    public const string Suffix = "DC=hermes,DC=test";

    /// <summary>Who may do everything.</summary>
    public const string Admin = "Administrator@hermes.test";

    /// <summary>The password of <see cref="Admin"/>.</summary>
    public const string AdminPassword = "Passw0rd!Adm1n";

    private readonly ServerDirectory directory = new("samba");
    private readonly TestAuthority authority;
    private ServerProcess? process;

    private SambaServer() => authority = new TestAuthority(directory["ca.crt"]);

    /// <summary>The address, whose certificate is for 127.0.0.1.</summary>
    public string Url => "ldaps://127.0.0.1:636";

    /// <summary>The certificate of the authority that issued the server's.</summary>
    public string CaFile => authority.CertificateFile;

    /// <inheritdoc/>
    public static async Task<SambaServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new SambaServer();
        var directory = server.directory;
        server.authority.Issue(directory["server.crt"], directory["server.key"], "127.0.0.1", "dc1.hermes.test");
        await Programs.RunAsync(
            new(
                ServerSoftware.Program("samba-tool", "samba"),
                "domain", "provision", "--realm=HERMES.TEST", "--domain=HERMES", "--server-role=dc", "--dns-backend=NONE",
                $"--adminpass={AdminPassword}", "--host-name=dc1", "--host-ip=127.0.0.1", $"--targetdir={directory.Folder("domain")}", "--use-rfc2307",
                "--option=interfaces=127.0.0.1", "--option=bind interfaces only=yes"),
            cancellationToken);
        server.process = await ServerProcess.StartAsync(
            new(
                ServerSoftware.Program("samba", "samba"),
                "-i", "-M", "single", "-s", directory["domain/etc/smb.conf"], "--option=server services=ldap",
                $"--option=tls keyfile={directory["server.key"]}", $"--option=tls certfile={directory["server.crt"]}",
                $"--option=tls cafile={server.CaFile}", "--debug-stdout", "-d1"),
            directory["log"],
            AnswersAsync,
            TimeSpan.FromSeconds(60),
            cancellationToken);
        return server;
    }

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (process is not null)
            await process.DisposeAsync();
        authority.Dispose();
        directory.Dispose();
    }

    private static async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync("127.0.0.1", 636, cancellationToken);
            await using var tls = new SslStream(tcp.GetStream());
            await tls.AuthenticateAsClientAsync(
                new SslClientAuthenticationOptions { TargetHost = "127.0.0.1", RemoteCertificateValidationCallback = (_, _, _, _) => true }, cancellationToken);
            return true;
        }
        catch (Exception exception) when (exception is SocketException or IOException)
        {
            return false;
        }
    }
}
