using System.Globalization;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>Judges the certificate that a broker shows, and says in words what is wrong with it: the platform only says that something is.</summary>
internal sealed class RabbitMqTls
{
    /// <summary>The use of a certificate that TLS asks of a server (RFC 5280, 4.2.1.12).</summary>
    private const string ServerAuthentication = "1.3.6.1.5.5.7.3.1";

    private readonly string _name;
    private readonly X509Certificate2Collection? _authorities;

    /// <exception cref="BusException">The file with the authorities cannot be read.</exception>
    public RabbitMqTls(RabbitMqOptions options)
    {
        _name = options.TlsServerName ?? options.Host;
        _authorities = options.TlsAuthorityFile is { } file ? Read(file) : null;
        Settings = new SslOption
        {
            Enabled = true,
            ServerName = _name,
            CertificateValidationCallback = (_, shown, chain, errors) => IsTrusted(shown, chain, errors),
        };
    }

    /// <summary>The settings of the client library.</summary>
    public SslOption Settings { get; }

    /// <summary>What is wrong with the certificate and what to do, or null if nothing is.</summary>
    public string? Finding { get; private set; }

    private static X509Certificate2Collection Read(string file)
    {
        var authorities = new X509Certificate2Collection();
        try
        {
            authorities.ImportFromPemFile(file);
            return authorities;
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new BusException($"The certificates of {file} cannot be read: {exception.Message}", FaultKind.Permanent, exception);
        }
    }

    private bool IsTrusted(X509Certificate? shown, X509Chain? platform, SslPolicyErrors errors)
    {
        if (shown is null)
            Finding = "the broker shows no certificate.";
        else if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            Finding = $"its certificate '{shown.Subject}' is not for the name '{_name}'. "
                + "Correct Host, or set TlsServerName to a name that the certificate bears.";
        }
        else if (_authorities is not null)
            Finding = ByOwnAuthorities(shown, platform);
        else
            Finding = errors.HasFlag(SslPolicyErrors.RemoteCertificateChainErrors) ? Of(platform!) : null;
        return Finding is null;
    }

    private string? ByOwnAuthorities(X509Certificate shown, X509Chain? platform)
    {
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(_authorities!);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        chain.ChainPolicy.ApplicationPolicy.Add(new Oid(ServerAuthentication));

        // The authorities in between come from the broker.
        if (platform is not null)
            chain.ChainPolicy.ExtraStore.AddRange(platform.ChainPolicy.ExtraStore);
        using var own = new X509Certificate2(shown);
        return chain.Build(own) ? null : Of(chain);
    }

    private static string Of(X509Chain chain)
    {
        foreach (var element in chain.ChainElements)
        {
            if (element.ChainElementStatus.Any(status => status.Status == X509ChainStatusFlags.NotTimeValid))
            {
                var valid = string.Create(
                    CultureInfo.InvariantCulture,
                    $"from {element.Certificate.NotBefore:yyyy-MM-dd HH:mm} to {element.Certificate.NotAfter:yyyy-MM-dd HH:mm}");
                return $"the certificate '{element.Certificate.Subject}' has expired, or is not valid yet: it is valid {valid}. "
                    + "Give the broker a new one, or set the clock of this machine right.";
            }
        }

        // A signature does not fit where an authority was made anew under its old name.
        if (chain.ChainStatus.Any(status =>
                status.Status is X509ChainStatusFlags.PartialChain or X509ChainStatusFlags.UntrustedRoot or X509ChainStatusFlags.NotSignatureValid))
        {
            return $"its certificate is signed by '{chain.ChainElements[^1].Certificate.Issuer}', which is not trusted here. "
                + "Name the file with the authority's certificate in TlsAuthorityFile.";
        }

        return $"its certificate is not accepted: {string.Join(' ', chain.ChainStatus.Select(status => status.StatusInformation))}";
    }
}
