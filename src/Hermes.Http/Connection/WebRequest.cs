namespace Hermes.Http.Connection;

/// <summary>A request, without credentials.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Accept">The media types that the answer may have.</param>
/// <param name="Body">The JSON that it carries, or null.</param>
internal sealed record WebRequest(HttpMethod Method, Uri Address, string Accept, string? Body)
{
    /// <summary>What the body is. Default: plain JSON.</summary>
    public string BodyType { get; init; } = "application/json";

    /// <summary>The version that must be there still (<c>If-Match</c>); null if any will do.</summary>
    public string? Version { get; init; }

    /// <summary>Adds what is another at each attempt, such as a signature with the time; null for nothing.</summary>
    public Action<HttpRequestMessage>? Sign { get; init; }

    /// <summary>
    /// Whether making it twice does no more than making it once. If not, it is made again only when the service said that it did nothing; who asks looks first otherwise.
    /// Default: true.
    /// </summary>
    public bool IsRepeatable { get; init; } = true;

    /// <summary>The request, for messages.</summary>
    public override string ToString() => $"{Method} {WebAddress.Show(Address)}";
}
