using System.Net.Http.Headers;
using System.Text.RegularExpressions;

namespace Hermes.Http.Source;

/// <summary>Finds the next page in the header <c>Link</c> (RFC 8288).</summary>
internal static partial class LinkHeader
{
    /// <summary>The target of the first link whose relation is <c>next</c>, or null.</summary>
    public static string? Next(HttpResponseHeaders headers)
    {
        if (!headers.NonValidated.TryGetValues("Link", out var lines))
            return null;
        return lines.SelectMany(line => Link.Matches(line).Cast<Match>())
            .Where(link => Relation.Match(link.Groups["parameters"].Value) is { Success: true } relation
                && relation.Groups["names"].Value.Split(' ').Contains("next", StringComparer.OrdinalIgnoreCase))
            .Select(link => link.Groups["target"].Value.Trim())
            .FirstOrDefault();
    }

    // Quoted parameters may hold commas and semicolons.
    [GeneratedRegex("""<(?<target>[^>]*)>(?<parameters>(\s*;\s*[^\s=;,]+(\s*=\s*("([^"\\]|\\.)*"|[^\s",;]*))?)*)""", RegexOptions.ExplicitCapture)]
    private static partial Regex Link { get; }

    [GeneratedRegex("""(^|;)\s*rel\s*=\s*("(?<names>[^"]*)"|(?<names>[^\s",;]+))""", RegexOptions.ExplicitCapture | RegexOptions.IgnoreCase)]
    private static partial Regex Relation { get; }
}
