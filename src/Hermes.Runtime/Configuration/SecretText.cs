using System.Text.RegularExpressions;
using Microsoft.Extensions.Configuration;

namespace Hermes.Runtime.Configuration;

/// <summary>Keeps secrets out of messages that others wrote: those of drivers and libraries.</summary>
internal static partial class SecretText
{
    private const string Mask = "********";

    /// <summary>Masks what stands in a text as <c>password=...</c>.</summary>
    public static string Clean(string text) => Assignment().Replace(text, match => match.Groups["name"].Value + Mask);

    /// <summary>Masks also the secret settings of a section.</summary>
    public static string Clean(string text, IConfiguration section)
    {
        foreach (var (name, value) in section.AsEnumerable(makePathsRelative: true))
        {
            if (value is { Length: > 0 } && SecretName().IsMatch(name))
                text = text.Replace(value, Mask, StringComparison.Ordinal);
        }

        return Clean(text);
    }

    [GeneratedRegex("""(?<name>\b(password|pwd|passphrase|secret|token|credential|api[ _-]?key)\s*=\s*)("[^"]*"|'[^']*'|[^;,\s]+)""",
        RegexOptions.IgnoreCase | RegexOptions.ExplicitCapture)]
    private static partial Regex Assignment();

    [GeneratedRegex("password|pwd|passphrase|secret|token|credential|connectionstring|apikey|privatekey", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();
}
