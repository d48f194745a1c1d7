namespace Hermes.Http.Connection;

/// <summary>A request, without credentials.</summary>
/// <param name="Method">The method.</param>
/// <param name="Address">Where it goes.</param>
/// <param name="Accept">The media types that the answer may have.</param>
/// <param name="Body">The JSON that it carries, or null.</param>
internal sealed record WebRequest(HttpMethod Method, Uri Address, string Accept, string? Body)
{
    /// <summary>The request, for messages.</summary>
    public override string ToString() => $"{Method} {WebAddress.Show(Address)}";
}
