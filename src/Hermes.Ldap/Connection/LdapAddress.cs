namespace Hermes.Ldap.Connection;

/// <summary>Where an LDAP server listens.</summary>
internal sealed record LdapAddress(string Host, int Port, bool Tls)
{
    /// <summary>Reads addresses that are separated by blanks; null if one of them is not an LDAP URL of a host.</summary>
    public static IReadOnlyList<LdapAddress>? ParseAll(string urls)
    {
        var addresses = new List<LdapAddress>();
        foreach (var url in urls.Split(' ', StringSplitOptions.RemoveEmptyEntries))
        {
            if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("ldap" or "ldaps") || uri.Host.Length == 0
                || uri.PathAndQuery.Trim('/').Length > 0 || uri.UserInfo.Length > 0)
            {
                return null;
            }

            var tls = uri.Scheme == "ldaps";
            addresses.Add(new(uri.IdnHost, uri.Port > 0 ? uri.Port : tls ? 636 : 389, tls));
        }

        return addresses.Count > 0 ? addresses : null;
    }

    /// <inheritdoc/>
    public override string ToString() => $"{(Tls ? "ldaps" : "ldap")}://{(Host.Contains(':', StringComparison.Ordinal) ? $"[{Host}]" : Host)}:{Port}";
}
