using System.Net.Security;
using System.Security.Cryptography.X509Certificates;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using RabbitMQ.Client;

namespace Hermes.RabbitMq;

/// <summary>Connects to the broker.</summary>
internal static class RabbitMqConnector
{
    /// <summary>Makes a connection. It does not repair itself: what uses it must know what was under way, and starts from a new one.</summary>
    /// <exception cref="BusException">It cannot be made.</exception>
    public static async Task<IConnection> ConnectAsync(RabbitMqOptions options, string purpose, CancellationToken cancellationToken)
    {
        var factory = new ConnectionFactory
        {
            HostName = options.Host,
            Port = options.EffectivePort,
            VirtualHost = options.VirtualHost,
            UserName = options.UserName,
            Password = options.Password,
            ClientProvidedName = $"Hermes {purpose} of {options.Stream}",
            AutomaticRecoveryEnabled = false,
            TopologyRecoveryEnabled = false,
            RequestedConnectionTimeout = options.ConnectTimeout,
            ContinuationTimeout = options.ConnectTimeout,
            HandshakeContinuationTimeout = options.ConnectTimeout,
            RequestedHeartbeat = TimeSpan.FromSeconds(20),
        };
        if (options.UseTls)
            factory.Ssl = Tls(options);
        try
        {
            return await factory.CreateConnectionAsync(cancellationToken);
        }
        catch (Exception exception) when (RabbitMqFaults.IsOfBroker(exception))
        {
            throw RabbitMqFaults.Of(exception, options);
        }
    }

    private static SslOption Tls(RabbitMqOptions options)
    {
        var tls = new SslOption { Enabled = true, ServerName = options.TlsServerName ?? options.Host };
        if (options.TlsAuthorityFile is { } file)
        {
            var authorities = new X509Certificate2Collection();
            try
            {
                authorities.ImportFromPemFile(file);
            }
            catch (Exception exception) when (exception is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
            {
                throw new BusException($"The certificates of {file} cannot be read: {exception.Message}", FaultKind.Permanent, exception);
            }

            tls.CertificateValidationCallback = (_, certificate, _, errors) => IsTrusted(certificate, errors, authorities);
        }

        return tls;
    }

    // Name and presence are judged by the platform; only its verdict on the chain is replaced by ours.
    private static bool IsTrusted(X509Certificate? certificate, SslPolicyErrors errors, X509Certificate2Collection authorities)
    {
        if (certificate is null || (errors & ~SslPolicyErrors.RemoteCertificateChainErrors) != SslPolicyErrors.None)
            return false;
        using var chain = new X509Chain();
        chain.ChainPolicy.TrustMode = X509ChainTrustMode.CustomRootTrust;
        chain.ChainPolicy.CustomTrustStore.AddRange(authorities);
        chain.ChainPolicy.RevocationMode = X509RevocationMode.NoCheck;
        using var own = new X509Certificate2(certificate);
        return chain.Build(own);
    }
}
