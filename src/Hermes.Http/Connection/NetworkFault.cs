using System.Net.Sockets;
using System.Security.Authentication;
using Hermes.Abstractions;

namespace Hermes.Http.Connection;

/// <summary>A failure of the network or of TLS, told for people.</summary>
internal static class NetworkFault
{
    /// <summary>Whether a failure is one of those.</summary>
    public static bool Is(Exception failure) => failure is HttpRequestException or IOException or SocketException or AuthenticationException;

    public static HttpFaultException Of(Exception failure)
    {
        for (var cause = failure; cause is not null; cause = cause.InnerException)
        {
            if (cause is HttpFaultException told)
                return told;
        }

        var error = (failure as HttpRequestException)?.HttpRequestError ?? (failure as HttpIOException)?.HttpRequestError;
        return error switch
        {
            HttpRequestError.NameResolutionError => new("The name of the host is not known. Check Address and the name service.", FaultKind.Transient, failure),
            HttpRequestError.ConnectionError => new("The service cannot be reached. Check Address, the network and whether it runs.", FaultKind.Transient, failure),
            HttpRequestError.SecureConnectionError => new(
                "No protected connection comes about: the certificate of the service is not trusted or not for its name, or it wants one of the client. "
                + "Check CaCertificateFile, the name in Address, and ClientCertificateFile.",
                FaultKind.Permanent,
                failure),
            HttpRequestError.ResponseEnded => new("The connection ended in the middle of the answer.", FaultKind.Transient, failure),
            HttpRequestError.InvalidResponse => new("What answers does not speak HTTP as it should.", FaultKind.Transient, failure),
            HttpRequestError.ConfigurationLimitExceeded => new("The headers of the answer are too long.", FaultKind.Permanent, failure),
            _ => new("The connection broke.", FaultKind.Transient, failure),
        };
    }
}
