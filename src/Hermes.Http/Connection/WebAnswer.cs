using System.Net.Http.Headers;

namespace Hermes.Http.Connection;

/// <summary>An answer that arrived as a whole.</summary>
/// <param name="Address">Where it came from, behind redirects.</param>
/// <param name="Status">Its status.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="ContentType">What its body is, if it says so.</param>
/// <param name="Content">Its body, decompressed.</param>
/// <param name="IsDelimited">Whether the end of the body was told. If not, one that was cut off looks the same.</param>
internal sealed record WebAnswer(
    Uri Address, int Status, HttpResponseHeaders Headers, MediaTypeHeaderValue? ContentType, ReadOnlyMemory<byte> Content, bool IsDelimited)
{
    /// <summary>The first value of a header, or null.</summary>
    public string? Header(string name) => Headers.NonValidated.TryGetValues(name, out var values) ? values.ToString() : null;
}
