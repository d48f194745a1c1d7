using System.Net.Security;
using System.Net.Sockets;
using System.Security.Authentication;
using System.Security.Cryptography.X509Certificates;

namespace Hermes.Ldap.Connection;

/// <summary>
/// Finds out why a connection could not be opened. The LDAP library says "server down" to everything; this repeats the attempt by hand (name,
/// TCP, TLS) and names the step that fails.
/// </summary>
internal static class ConnectionDiagnosis
{
    /// <summary>The failure as it should be reported.</summary>
    public static async Task<LdapRequestException> ExplainAsync(
        LdapAddress address, X509Certificate2Collection? authorities, LdapRequestException failure, TimeSpan patience, CancellationToken cancellationToken)
    {
        using var limit = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        limit.CancelAfter(patience);
        try
        {
            using var tcp = new TcpClient();
            await tcp.ConnectAsync(address.Host, address.Port, limit.Token);
            return address.Tls ? await ExplainTlsAsync(tcp, address, authorities, limit.Token) ?? failure : failure;
        }
        catch (SocketException exception)
        {
            return OfSocket(address, exception.SocketErrorCode);
        }
        catch (OperationCanceledException) when (!cancellationToken.IsCancellationRequested)
        {
            return OfSocket(address, SocketError.TimedOut);
        }
    }

    private static async Task<LdapRequestException?> ExplainTlsAsync(
        TcpClient tcp, LdapAddress address, X509Certificate2Collection? authorities, CancellationToken cancellationToken)
    {
        string? problem = null;
        await using var tls = new SslStream(tcp.GetStream(), leaveInnerStreamOpen: true);
        var options = new SslClientAuthenticationOptions
        {
            TargetHost = address.Host,
            RemoteCertificateValidationCallback = (_, certificate, chain, errors) =>
            {
                problem = ProblemOf(certificate, chain, errors, authorities, address);
                return problem is null;
            },
        };
        try
        {
            await tls.AuthenticateAsClientAsync(options, cancellationToken);
            return null;
        }
        catch (Exception exception) when (exception is AuthenticationException or IOException)
        {
            problem ??= $"TLS could not be agreed on: {exception.Message} Check that the port speaks LDAP over TLS (ldaps, usually 636).";
            return new(ResultCodes.ConnectError, FaultKind.Permanent, $"No connection to {address}: {problem}", exception);
        }
    }

    private static string? ProblemOf(
        X509Certificate? presented, X509Chain? presentedChain, SslPolicyErrors errors, X509Certificate2Collection? authorities, LdapAddress address)
    {
        if (presented is not X509Certificate2 certificate)
            return "the server presents no certificate.";
        if (errors.HasFlag(SslPolicyErrors.RemoteCertificateNameMismatch))
        {
            return $"the server's certificate is not for '{address.Host}' but for {certificate.GetNameInfo(X509NameType.DnsName, false)} ({certificate.Subject}). "
                + "Use the name that the certificate holds, or issue one that holds this name.";
        }

        using var chain = new X509Chain();
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        if (authorities is not null)
        {
            chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
            chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        }

        foreach (var element in presentedChain?.ChainElements ?? Enumerable.Empty<X509ChainElement>())
            chain.ChainPolicy.ExtraStore.Add(element.Certificate);
        if (chain.Build(certificate))
            return null;

        var status = chain.ChainStatus.Aggregate(X509ChainStatusFlags.NoError, (all, one) => all | one.Status);
        if (status.HasFlag(X509ChainStatusFlags.NotTimeValid))
        {
            return $"the server's certificate is valid from {certificate.NotBefore.ToUniversalTime():u} to {certificate.NotAfter.ToUniversalTime():u} "
                + "and so not now. Renew it, or correct the clock.";
        }

        return $"the server's certificate ({certificate.Subject}, issued by {certificate.Issuer}) is not trusted. "
            + "Set CaCertificateFile to the certificate of the authority that issued it.";
    }

    private static LdapRequestException OfSocket(LdapAddress address, SocketError error) => error switch
    {
        SocketError.HostNotFound or SocketError.NoData => new(
            ResultCodes.ConnectError, FaultKind.Permanent, $"No connection to {address}: no machine is called '{address.Host}'. Check the host name in Url."),
        SocketError.TryAgain => new(
            ResultCodes.ConnectError, FaultKind.Transient, $"No connection to {address}: the name service does not answer for '{address.Host}' at the moment."),
        SocketError.ConnectionRefused => new(
            ResultCodes.ConnectError, FaultKind.Transient, $"No connection to {address}: nothing listens there. Check that the server runs, and the port."),
        SocketError.TimedOut => new(
            ResultCodes.ConnectError, FaultKind.Transient, $"No connection to {address}: no answer in time. Check the network and its firewalls."),
        _ => new(ResultCodes.ConnectError, FaultKind.Transient, $"No connection to {address}: {error}."),
    };
}
