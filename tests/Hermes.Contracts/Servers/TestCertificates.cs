using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hermes.Contracts.Servers;

/// <summary>A certification authority of one test run and a certificate of it for a server on 127.0.0.1.</summary>
public sealed class TestCertificates
{
    private TestCertificates(string folder) => Folder = folder;

    /// <summary>The folder of the files.</summary>
    public string Folder { get; }

    /// <summary>The authority's certificate, PEM: what a client must trust.</summary>
    public string Authority => Path.Combine(Folder, "ca.crt");

    /// <summary>The server's certificate, PEM, for <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public string Certificate => Path.Combine(Folder, "server.crt");

    /// <summary>The server's private key, PEM.</summary>
    public string Key => Path.Combine(Folder, "server.key");

    /// <summary>An authority that signed nothing: a client that trusts it alone must refuse the server.</summary>
    public string OtherAuthority => Path.Combine(Folder, "other-ca.crt");

    /// <summary>Makes them in a folder, valid for a day around now.</summary>
    public static TestCertificates Make(string folder) => Make(folder, TimeSpan.FromDays(-1), TimeSpan.FromDays(1));

    /// <summary>Makes them with a server's certificate that has expired.</summary>
    public static TestCertificates MakeExpired(string folder) => Make(folder, TimeSpan.FromDays(-2), TimeSpan.FromDays(-1));

    private static TestCertificates Make(string folder, TimeSpan from, TimeSpan until)
    {
        Directory.CreateDirectory(folder);
        var files = new TestCertificates(folder);
        var now = TimeProvider.System.GetUtcNow();
        using var authority = MakeAuthority(now);
        using var other = MakeAuthority(now);
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var names = new SubjectAlternativeNameBuilder();
        names.AddDnsName("localhost");
        names.AddIpAddress(IPAddress.Loopback);
        request.CertificateExtensions.Add(names.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, true));
        request.CertificateExtensions.Add(new X509EnhancedKeyUsageExtension([new Oid("1.3.6.1.5.5.7.3.1")], false));
        using var certificate = request.Create(authority, now + from, now + until, RandomNumberGenerator.GetBytes(16));

        File.WriteAllText(files.Authority, authority.ExportCertificatePem());
        File.WriteAllText(files.OtherAuthority, other.ExportCertificatePem());
        File.WriteAllText(files.Certificate, certificate.ExportCertificatePem());
        File.WriteAllText(files.Key, key.ExportPkcs8PrivateKeyPem());
        return files;
    }

    private static X509Certificate2 MakeAuthority(DateTimeOffset now)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=Hermes test authority", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        return request.CreateSelfSigned(now.AddDays(-3), now.AddDays(3));
    }
}
