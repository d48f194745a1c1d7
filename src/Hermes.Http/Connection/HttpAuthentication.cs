namespace Hermes.Http.Connection;

/// <summary>Who Hermes is to a web service.</summary>
public enum HttpAuthentication
{
    /// <summary>Nobody, or whom the client certificate or a header says. Default.</summary>
    None,

    /// <summary>A user and a password (RFC 7617).</summary>
    Basic,

    /// <summary>A token that does not change (RFC 6750).</summary>
    Bearer,

    /// <summary>A key in a header or a parameter of the address.</summary>
    ApiKey,

    /// <summary>OAuth 2.0 client credentials: tokens are fetched from an authorization server, and renewed before they end (RFC 6749, 4.4).</summary>
    ClientCredentials,
}
