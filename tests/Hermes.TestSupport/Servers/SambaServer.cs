using System.Globalization;
using System.Net.Security;
using System.Net.Sockets;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// A domain controller of Active Directory, made by Samba. Its ports cannot be moved: it takes 389, 636, 3268 and 3269 of 127.0.0.1, and only one can
/// run on a machine. Must be started by root.
/// </summary>
public sealed class SambaServer : LdapServer, ITestServer<SambaServer>
{
    /// <summary>The suffix of the directory.</summary>
    public const string Suffix = "DC=hermes,DC=test";

    /// <summary>Who may do everything.</summary>
    public const string Admin = "Administrator@hermes.test";

    /// <summary>The password of <see cref="Admin"/>.</summary>
    public const string AdminPassword = "Passw0rd!Adm1n";

    private SambaServer()
        : base("samba")
    {
    }

    /// <summary>The address, whose certificate is for 127.0.0.1.</summary>
    public string Url => "ldaps://127.0.0.1:636";

    /// <inheritdoc/>
    public override LdapAccount Administrator => new(Url, CaFile, Suffix, Admin, AdminPassword);

    /// <inheritdoc/>
    public static async Task<SambaServer> StartAsync(CancellationToken cancellationToken)
    {
        var server = new SambaServer();
        try
        {
            await server.ProvisionAsync(cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    /// <summary>Runs <c>samba-tool</c> on its directory and returns the output.</summary>
    public Task<string> ToolAsync(params string[] arguments) => Programs.RunAsync(new(
        ServerSoftware.Program("samba-tool", "samba"),
        [.. arguments, "-H", Folder["domain/private/sam.ldb"], "-s", Folder["domain/etc/smb.conf"]]));

    private async Task ProvisionAsync(CancellationToken cancellationToken)
    {
        IssueCertificate(TimeProvider.System.GetUtcNow().AddDays(300), "dc1.hermes.test");
        await Programs.RunAsync(
            new(
                ServerSoftware.Program("samba-tool", "samba"),
                "domain", "provision", "--realm=HERMES.TEST", "--domain=HERMES", "--server-role=dc", "--dns-backend=NONE",
                $"--adminpass={AdminPassword}", "--host-name=dc1", "--host-ip=127.0.0.1", "--use-rfc2307",
                $"--targetdir={Folder.Folder("domain")}",
                "--option=interfaces=127.0.0.1", "--option=bind interfaces only=yes"),
            cancellationToken);
        await RunAsync(
            new(
                ServerSoftware.Program("samba", "samba"),
                "-i", "-M", "single", "-s", Folder["domain/etc/smb.conf"], "--option=server services=ldap",
                $"--option=tls keyfile={KeyFile}", $"--option=tls certfile={CertificateFile}", $"--option=tls cafile={CaFile}",
                // A former password otherwise opens an account for an hour more.
                "--option=old password allowed period=0",
                "--option=dsdb:schema update allowed=yes", "--option=ldb:nosync=true", "--debug-stdout", "-d1"),
            AnswersAsync,
            cancellationToken);
        await File.WriteAllTextAsync(Folder["schema.ldif"], Schema, cancellationToken);
        await Programs.RunAsync(
            new(
                ServerSoftware.Program("ldapmodify", "samba"),
                "-x", "-H", Url, "-D", Admin, "-w", AdminPassword, "-f", Folder["schema.ldif"])
            {
                Environment = new Dictionary<string, string> { ["LDAPTLS_CACERT"] = CaFile },
            },
            cancellationToken);
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

    // The attributes of the contract suites, as slapd has them. A domain has no class that takes any attribute: devices and users are told to
    // take these.
    private static string Schema =>
        $"""
        {Attribute("id", 1, "2.5.5.16", 65, isSingleValued: "TRUE")}

        {Attribute("note", 2, "2.5.5.12", 64, isSingleValued: "FALSE")}

        {Attribute("v", 3, "2.5.5.10", 4, isSingleValued: "FALSE")}

        {Attribute("label", 4, "2.5.5.12", 64, isSingleValued: "TRUE")}

        {TakeEffect}

        dn: CN=Device,CN=Schema,CN=Configuration,{Suffix}
        changetype: modify
        add: mayContain
        mayContain: id
        mayContain: label
        mayContain: note
        mayContain: v

        dn: CN=User,CN=Schema,CN=Configuration,{Suffix}
        changetype: modify
        add: mayContain
        mayContain: id
        mayContain: v

        {TakeEffect}
        """;

    private const string TakeEffect =
        """
        dn:
        changetype: modify
        add: schemaUpdateNow
        schemaUpdateNow: 1
        """;

    private static string Attribute(string name, int number, string syntax, int omSyntax, string isSingleValued) =>
        string.Create(CultureInfo.InvariantCulture, $"""
        dn: CN=Hermes-{name},CN=Schema,CN=Configuration,{Suffix}
        changetype: add
        objectClass: attributeSchema
        lDAPDisplayName: {name}
        attributeID: 1.3.6.1.4.1.4203.666.11.{number}
        attributeSyntax: {syntax}
        oMSyntax: {omSyntax}
        isSingleValued: {isSingleValued}
        """);
}
