using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;

namespace Hermes.Mail;

/// <summary>The certification authorities of a file: a mail server must show a certificate of one of them, for its own name.</summary>
internal sealed class TrustedAuthorities
{
    /// <summary>The use of a certificate that TLS asks of a server (RFC 5280, 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly X509Certificate2Collection _authorities = [];

    /// <exception cref="MailException">The file cannot be read.</exception>
    public TrustedAuthorities(string file)
    {
        try
        {
            _authorities.ImportFromPemFile(file);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new MailException($"The certificates of {file} cannot be read: {exception.Message}", exception);
        }
    }

    public bool Accept(object sender, X509Certificate? shown, X509Chain? platform, SslPolicyErrors errors)
    {
        if (shown is null || errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));

        // The authorities in between come from the server.
        if (platform is not null)
            chain.ChainPolicy.ExtraStore.AddRange(platform.ChainPolicy.ExtraStore);
        using var own = new X509Certificate2(shown);
        return chain.Build(own);
    }
}
