using System.ComponentModel.DataAnnotations;

namespace Hermes.Http.Connection;

/// <summary>What must hold between the settings of a connection. No message shows the value of one.</summary>
internal static class ConnectionRules
{
    private const string Options = nameof(HttpConnectionOptions.Authentication);

    public static IEnumerable<ValidationResult> Check(HttpConnectionOptions options) =>
        [.. Address(options), .. Credential(options), .. Texts(options), .. Limits(options)];

    private static IEnumerable<ValidationResult> Address(HttpConnectionOptions options)
    {
        var sendsCredential = options.Authentication != HttpAuthentication.None || options.Headers.Count > 0;
        foreach (var result in Address(options.Address, nameof(options.Address), sendsCredential && !options.AllowUnprotected))
            yield return result;
        if (WebAddress.TryParse(options.Address) is { Query.Length: > 0 })
            yield return new("Parameters belong into the query of the data type, not into the address.", [nameof(options.Address)]);
        if (options.Authentication == HttpAuthentication.ClientCredentials && !string.IsNullOrEmpty(options.TokenAddress))
        {
            foreach (var result in Address(options.TokenAddress, nameof(options.TokenAddress), !options.AllowUnprotected))
                yield return result;
        }

        if (options is { AllowPrivateAddresses: false, UseSystemProxy: true })
            yield return new("A proxy finds the addresses itself, so private ones cannot be forbidden. Choose one of both.", [nameof(options.UseSystemProxy)]);
    }

    private static IEnumerable<ValidationResult> Address(string text, string setting, bool mustBeProtected)
    {
        if (WebAddress.TryParse(text) is not { } address)
            yield return new("This is not an address of a web service. Write https://host/path, without user, password and fragment.", [setting]);
        else if (mustBeProtected && address.Scheme == Uri.UriSchemeHttp && !address.IsLoopback)
            yield return new("A credential would be sent unprotected. Write https://, or set AllowUnprotected.", [setting]);
    }

    private static IEnumerable<ValidationResult> Credential(HttpConnectionOptions options)
    {
        (string Name, string? Value)[] needed = options.Authentication switch
        {
            HttpAuthentication.Basic => [(nameof(options.User), options.User), (nameof(options.Password), options.Password)],
            HttpAuthentication.Bearer => [(nameof(options.Token), options.Token)],
            HttpAuthentication.ApiKey => [(nameof(options.ApiKey), options.ApiKey)],
            HttpAuthentication.ClientCredentials =>
            [
                (nameof(options.TokenAddress), options.TokenAddress), (nameof(options.ClientId), options.ClientId), (nameof(options.ClientSecret), options.ClientSecret),
            ],
            _ => [],
        };
        foreach (var (name, _) in needed.Where(setting => string.IsNullOrEmpty(setting.Value)))
            yield return new($"Authentication is {options.Authentication}, so set {name}.", [name]);

        (string Name, string? Value)[] all =
        [
            (nameof(options.User), options.User), (nameof(options.Password), options.Password), (nameof(options.Token), options.Token), (nameof(options.ApiKey), options.ApiKey),
            (nameof(options.TokenAddress), options.TokenAddress), (nameof(options.ClientId), options.ClientId), (nameof(options.ClientSecret), options.ClientSecret),
        ];
        foreach (var (name, _) in all.Where(setting => !string.IsNullOrEmpty(setting.Value) && !needed.Any(used => used.Name == setting.Name)))
            yield return new($"{name} is set, and Authentication is {options.Authentication}, which does not use it.", [Options]);

        if (options.Authentication == HttpAuthentication.ApiKey && string.IsNullOrEmpty(options.ApiKeyHeader) == string.IsNullOrEmpty(options.ApiKeyParameter))
            yield return new("Say where the key goes: set ApiKeyHeader or ApiKeyParameter, not both.", [nameof(options.ApiKeyHeader)]);
        if (!string.IsNullOrEmpty(options.ClientKeyFile) && string.IsNullOrEmpty(options.ClientCertificateFile))
            yield return new("ClientKeyFile belongs to ClientCertificateFile; set that too.", [nameof(options.ClientKeyFile)]);
    }

    // A line break would begin another header; and the framework's own message about it shows the value.
    private static IEnumerable<ValidationResult> Texts(HttpConnectionOptions options)
    {
        (string Name, string? Value)[] texts =
        [
            (nameof(options.Token), options.Token), (nameof(options.ApiKey), options.ApiKey), .. options.Headers.Select(header => ($"Headers:{header.Key}", (string?)header.Value)),
        ];
        foreach (var (name, _) in texts.Where(text => text.Value?.Any(letter => letter is < ' ' or > '~') == true))
            yield return new("Only printable ASCII characters can be sent in a header. Is there a line break at the end?", [name]);
        foreach (var name in options.Headers.Keys.Append(options.ApiKeyHeader ?? "X").Where(name => !IsHeaderName(name)))
            yield return new($"'{name}' is not the name of a header.", [nameof(options.Headers)]);
        if (options.User?.Contains(':', StringComparison.Ordinal) == true)
            yield return new("A user's name cannot hold a colon (RFC 7617).", [nameof(options.User)]);
    }

    private static IEnumerable<ValidationResult> Limits(HttpConnectionOptions options)
    {
        if (options.LongestWait < TimeSpan.Zero)
            yield return new("A wait cannot be shorter than zero.", [nameof(options.LongestWait)]);
        if (options.RequestInterval < TimeSpan.Zero)
            yield return new("A wait cannot be shorter than zero.", [nameof(options.RequestInterval)]);
    }

    private static bool IsHeaderName(string name) => name.Length > 0 && name.All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '-' or '_' or '.');
}
