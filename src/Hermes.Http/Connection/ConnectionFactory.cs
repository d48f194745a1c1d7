using System.Net;
using System.Net.Security;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Hermes.Abstractions;

namespace Hermes.Http.Connection;

/// <summary>Makes what sends requests: without cookies, redirects and decompression, which are done where they can be checked.</summary>
internal static class ConnectionFactory
{
    // The addresses of a name may change, and a connection that is kept would not notice it.
    private static readonly TimeSpan Lifetime = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan ConnectTimeout = TimeSpan.FromSeconds(20);

    /// <exception cref="HttpFaultException">A file of certificates cannot be read.</exception>
    public static HttpMessageInvoker Create(HttpConnectionOptions options, Func<string, CancellationToken, Task<IPAddress[]>> resolve)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            AutomaticDecompression = DecompressionMethods.None,
            UseCookies = false,
            UseProxy = options.UseSystemProxy,
            PooledConnectionLifetime = Lifetime,
            ConnectTimeout = ConnectTimeout,
        };
        try
        {
            Protect(handler.SslOptions, options);
        }
        catch
        {
            handler.Dispose();
            throw;
        }

        if (!options.AllowPrivateAddresses)
            handler.ConnectCallback = new PrivateAddresses(resolve).ConnectAsync;
        return new HttpMessageInvoker(handler);
    }

    private static void Protect(SslClientAuthenticationOptions tls, HttpConnectionOptions options)
    {
        if (options.ClientCertificateFile is { Length: > 0 } certificate)
        {
            tls.ClientCertificates =
            [
                Read(nameof(options.ClientCertificateFile), certificate, () => X509Certificate2.CreateFromPemFile(certificate, options.ClientKeyFile)),
            ];
        }

        if (options.CaCertificateFile is { Length: > 0 } authorities)
        {
            var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
            Read(nameof(options.CaCertificateFile), authorities, () =>
            {
                policy.CustomTrustStore.ImportFromPemFile(authorities);
                return policy.CustomTrustStore.Count > 0 ? policy : throw new CryptographicException("There is no certificate in it.");
            });
            tls.CertificateChainPolicy = policy;
        }
    }

    private static T Read<T>(string setting, string file, Func<T> read)
    {
        try
        {
            return read();
        }
        catch (Exception failure) when (failure is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new HttpFaultException($"The file of certificates '{file}' ({setting}) cannot be read: {failure.Message}", FaultKind.Permanent, failure);
        }
    }
}
