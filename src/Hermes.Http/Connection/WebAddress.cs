namespace Hermes.Http.Connection;

/// <summary>What is asked of addresses: whether they are of one origin, how they are shown, and parameters in them.</summary>
internal static class WebAddress
{
    /// <summary>An address that requests may begin with, or null.</summary>
    public static Uri? TryParse(string text) =>
        Uri.TryCreate(text.Trim(), UriKind.Absolute, out var address)
        && (address.Scheme == Uri.UriSchemeHttps || address.Scheme == Uri.UriSchemeHttp)
        && address is { UserInfo: "", Fragment: "", Host.Length: > 0 }
            ? address
            : null;

    /// <summary>Whether two addresses have the same scheme, host and port (RFC 6454).</summary>
    public static bool IsSameOrigin(Uri left, Uri right) =>
        left.Scheme == right.Scheme && left.Port == right.Port && string.Equals(left.IdnHost, right.IdnHost, StringComparison.OrdinalIgnoreCase);

    /// <summary>What is below an address: a path and parameters. Null if it leads elsewhere.</summary>
    public static Uri? TryBelow(Uri root, string path)
    {
        var folder = root.GetLeftPart(UriPartial.Path).TrimEnd('/') + "/";
        return Uri.TryCreate(folder + path.TrimStart('/'), UriKind.Absolute, out var address)
            && IsSameOrigin(root, address)
            && address.AbsolutePath.StartsWith(new Uri(folder).AbsolutePath, StringComparison.Ordinal)
                ? address
                : null;
    }

    /// <summary>An address for messages: its parameters may hold a key or a cursor, and are left out.</summary>
    public static string Show(Uri address) => address.GetComponents(UriComponents.SchemeAndServer | UriComponents.Path, UriFormat.UriEscaped);

    /// <summary>Sets a parameter, in the place of one of that name.</summary>
    public static Uri WithParameter(Uri address, string name, string value)
    {
        var escaped = Uri.EscapeDataString(name);
        var parameters = address.Query.TrimStart('?').Split('&', StringSplitOptions.RemoveEmptyEntries)
            .Where(parameter => !IsNamed(parameter, name))
            .Append($"{escaped}={Uri.EscapeDataString(value)}");
        return new UriBuilder(address) { Query = string.Join('&', parameters) }.Uri;
    }

    private static bool IsNamed(string parameter, string name) => Uri.UnescapeDataString(parameter.Split('=')[0]) == name;
}
