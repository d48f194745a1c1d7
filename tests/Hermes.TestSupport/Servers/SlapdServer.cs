using System.Net.Sockets;

namespace Hermes.TestSupport.Servers;

/// <summary>
/// OpenLDAP with two empty directories: <see cref="Suffix"/>, and <see cref="IntegritySuffix"/>, which corrects members of groups itself (refint).
/// </summary>
public sealed class SlapdServer : LdapServer, ITestServer<SlapdServer>
{
    /// <summary>The suffix of the plain directory.</summary>
    public const string Suffix = "dc=hermes,dc=test";

    /// <summary>The suffix of the directory with the refint and memberof overlays.</summary>
    public const string IntegritySuffix = "dc=integrity,dc=test";

    /// <summary>Who may do everything in both directories.</summary>
    public const string AdminDn = "cn=admin,dc=hermes,dc=test";

    /// <summary>The password of <see cref="AdminDn"/>.</summary>
    public const string AdminPassword = "secret-of-the-admin";

    /// <summary>Who may read only, at most ten entries at a time.</summary>
    public const string ReaderDn = "cn=reader,dc=hermes,dc=test";

    /// <summary>The password of <see cref="ReaderDn"/>.</summary>
    public const string ReaderPassword = "secret-of-the-reader";

    private SlapdServer()
        : base("slapd")
    {
    }

    /// <summary>The address without protection.</summary>
    public string Url => $"ldap://127.0.0.1:{Port}";

    /// <summary>The address with TLS, whose certificate is for 127.0.0.1.</summary>
    public string TlsUrl => $"ldaps://127.0.0.1:{TlsPort}";

    /// <summary>The port of <see cref="Url"/>.</summary>
    public int Port { get; } = FreePorts.Next();

    /// <summary>The port of <see cref="TlsUrl"/>.</summary>
    public int TlsPort { get; } = FreePorts.Next();

    /// <inheritdoc/>
    public override LdapAccount Administrator => new(TlsUrl, CaFile, Suffix, AdminDn, AdminPassword);

    /// <inheritdoc/>
    public static Task<SlapdServer> StartAsync(CancellationToken cancellationToken) =>
        StartAsync(TimeProvider.System.GetUtcNow().AddDays(300), cancellationToken);

    /// <summary>Starts one whose certificate ends at a given time.</summary>
    public static async Task<SlapdServer> StartAsync(DateTimeOffset certificateEnd, CancellationToken cancellationToken)
    {
        var server = new SlapdServer();
        try
        {
            await server.RunAsync(certificateEnd, cancellationToken);
            return server;
        }
        catch
        {
            await server.DisposeAsync();
            throw;
        }
    }

    private async Task RunAsync(DateTimeOffset certificateEnd, CancellationToken cancellationToken)
    {
        IssueCertificate(certificateEnd, "ldap.hermes.test");
        Folder.Folder("db");
        Folder.Folder("integrity");
        await File.WriteAllTextAsync(Folder["config.ldif"], Configuration(), cancellationToken);
        await File.WriteAllTextAsync(Folder["data.ldif"], Data, cancellationToken);
        var config = Folder.Folder("config");
        var slapadd = ServerSoftware.Program("slapadd", "slapd");
        await Programs.RunAsync(new(slapadd, "-n0", "-F", config, "-l", Folder["config.ldif"]), cancellationToken);
        await Programs.RunAsync(new(slapadd, "-n1", "-F", config, "-l", Folder["data.ldif"]), cancellationToken);
        var slapd = ServerSoftware.Program("slapd", "slapd");
        await RunAsync(new(slapd, "-F", config, "-h", $"{Url}/ {TlsUrl}/", "-d", "0"), AnswersAsync, cancellationToken);
    }

    private async Task<bool> AnswersAsync(CancellationToken cancellationToken)
    {
        try
        {
            using var plain = new TcpClient();
            await plain.ConnectAsync("127.0.0.1", Port, cancellationToken);
            using var protectedByTls = new TcpClient();
            await protectedByTls.ConnectAsync("127.0.0.1", TlsPort, cancellationToken);
            return true;
        }
        catch (SocketException)
        {
            return false;
        }
    }

    private const string Data =
        $"""
        dn: {Suffix}
        objectClass: dcObject
        objectClass: organization
        dc: hermes
        o: Hermes

        dn: {ReaderDn}
        objectClass: organizationalRole
        objectClass: simpleSecurityObject
        cn: reader
        userPassword: {ReaderPassword}

        """;

    private string Configuration() =>
        $"""
        dn: cn=config
        objectClass: olcGlobal
        cn: config
        olcPidFile: {Folder["pid"]}
        olcTLSCACertificateFile: {CaFile}
        olcTLSCertificateFile: {CertificateFile}
        olcTLSCertificateKeyFile: {KeyFile}
        olcSizeLimit: unlimited
        olcSockbufMaxIncomingAuth: 100000

        dn: cn=module,cn=config
        objectClass: olcModuleList
        cn: module
        olcModulePath: /usr/lib/ldap
        olcModuleLoad: back_mdb
        olcModuleLoad: memberof
        olcModuleLoad: refint
        olcModuleLoad: ppolicy

        dn: cn=schema,cn=config
        objectClass: olcSchemaConfig
        cn: schema

        include: file:///etc/ldap/schema/core.ldif
        include: file:///etc/ldap/schema/cosine.ldif
        include: file:///etc/ldap/schema/inetorgperson.ldif
        include: file:///etc/ldap/schema/nis.ldif

        dn: cn=hermestest,cn=schema,cn=config
        objectClass: olcSchemaConfig
        cn: hermestest
        olcAttributeTypes: ( 1.3.6.1.4.1.4203.666.11.1 NAME 'id' EQUALITY integerMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.27 SINGLE-VALUE )
        olcAttributeTypes: ( 1.3.6.1.4.1.4203.666.11.2 NAME 'note' EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 )
        olcAttributeTypes: ( 1.3.6.1.4.1.4203.666.11.4 NAME 'label' EQUALITY caseExactMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.15 SINGLE-VALUE )
        olcAttributeTypes: ( 1.3.6.1.4.1.4203.666.11.3 NAME 'v' EQUALITY octetStringMatch SYNTAX 1.3.6.1.4.1.1466.115.121.1.40 )

        dn: olcDatabase=mdb,cn=config
        objectClass: olcDatabaseConfig
        objectClass: olcMdbConfig
        olcDatabase: mdb
        olcSuffix: {Suffix}
        olcRootDN: {AdminDn}
        olcRootPW: {AdminPassword}
        olcDbDirectory: {Folder["db"]}
        olcDbMaxSize: 1073741824
        olcDbNoSync: TRUE
        olcDbIndex: objectClass eq
        olcDbIndex: uid,cn,mail eq,sub
        olcDbIndex: member,memberUid eq
        olcLimits: dn.exact="{ReaderDn}" size=10
        olcAccess: to attrs=userPassword by self write by anonymous auth by * none
        olcAccess: to * by * read

        dn: olcDatabase=mdb,cn=config
        objectClass: olcDatabaseConfig
        objectClass: olcMdbConfig
        olcDatabase: mdb
        olcSuffix: {IntegritySuffix}
        olcRootDN: {AdminDn}
        olcDbDirectory: {Folder["integrity"]}
        olcDbMaxSize: 104857600
        olcDbNoSync: TRUE
        olcDbIndex: objectClass,member,memberOf eq
        olcAccess: to * by dn.exact="{AdminDn}" write by self write by * read

        dn: olcOverlay=memberof,olcDatabase={"{2}"}mdb,cn=config
        objectClass: olcOverlayConfig
        objectClass: olcMemberOf
        olcOverlay: memberof
        olcMemberOfRefInt: TRUE

        dn: olcOverlay=refint,olcDatabase={"{2}"}mdb,cn=config
        objectClass: olcOverlayConfig
        objectClass: olcRefintConfig
        olcOverlay: refint
        olcRefintAttribute: member
        olcRefintAttribute: memberOf
        olcRefintAttribute: manager
        olcRefintAttribute: owner
        olcRefintNothing: cn=nobody

        dn: olcOverlay=ppolicy,olcDatabase={"{2}"}mdb,cn=config
        objectClass: olcOverlayConfig
        objectClass: olcPPolicyConfig
        olcOverlay: ppolicy
        olcPPolicyDefault: cn=policy,{IntegritySuffix}

        """;
}
