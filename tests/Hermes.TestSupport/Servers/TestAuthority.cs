using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hermes.TestSupport.Servers;

/// <summary>A certificate authority of one test run, and the certificates that it issues for servers on this machine.</summary>
public sealed class TestAuthority : IDisposable
{
    private readonly X509Certificate2 _certificate;

    /// <summary>Makes an authority and writes its certificate to a file.</summary>
    public TestAuthority(string file, string name = "Hermes  Test Authority")
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={name}, O=Hermes", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(true, false, 0, true));
        request.CertificateExtensions.Add(new X509KeyUsageExtension(X509KeyUsageFlags.KeyCertSign | X509KeyUsageFlags.CrlSign, true));
        request.CertificateExtensions.Add(new X509SubjectKeyIdentifierExtension(request.PublicKey, false));
        var now = TimeProvider.System.GetUtcNow();
        _certificate = request.CreateSelfSigned(now.AddYears(-3), now.AddYears(1));
        CertificateFile = file;
        File.WriteAllText(file, _certificate.ExportCertificatePem());
    }

    /// <summary>The file with the authority's certificate.</summary>
    public string CertificateFile { get; }

    /// <summary>Issues a certificate that is valid now, and writes it with its key, readable by the owner only.</summary>
    /// <param name="certificateFile">Where the certificate goes.</param>
    /// <param name="keyFile">Where the key goes.</param>
    /// <param name="names">The host names and addresses it is for.</param>
    public void Issue(string certificateFile, string keyFile, params IReadOnlyList<string> names) =>
        Issue(certificateFile, keyFile, TimeProvider.System.GetUtcNow().AddDays(300), names);

    /// <summary>Issues a certificate that ends at a given time, from two years before it.</summary>
    public void Issue(string certificateFile, string keyFile, DateTimeOffset end, params IReadOnlyList<string> names)
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest($"CN={names[0]}", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        var alternatives = new SubjectAlternativeNameBuilder();
        foreach (var name in names)
        {
            if (IPAddress.TryParse(name, out var address))
                alternatives.AddIpAddress(address);
            else
                alternatives.AddDnsName(name);
        }

        request.CertificateExtensions.Add(alternatives.Build());
        request.CertificateExtensions.Add(new X509BasicConstraintsExtension(false, false, 0, false));
        request.CertificateExtensions.Add(X509AuthorityKeyIdentifierExtension.CreateFromCertificate(_certificate, true, false));
        using var issued = request.Create(_certificate, end.AddYears(-2), end, RandomNumberGenerator.GetBytes(12));
        File.WriteAllText(certificateFile, issued.ExportCertificatePem());
        File.WriteAllText(keyFile, key.ExportPkcs8PrivateKeyPem());
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(keyFile, UnixFileMode.UserRead | UnixFileMode.UserWrite);
    }

    /// <inheritdoc/>
    public void Dispose() => _certificate.Dispose();
}
