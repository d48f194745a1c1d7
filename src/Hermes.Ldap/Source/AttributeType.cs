using System.Text.RegularExpressions;

namespace Hermes.Ldap.Source;

/// <summary>An attribute type of a server's schema (RFC 4512, 4.1.2).</summary>
/// <param name="Names">All its names, its number last.</param>
/// <param name="Superior">The type that it takes from what it does not say itself; null if there is none.</param>
/// <param name="Equality">The rule by which its values are compared; null if it does not say.</param>
/// <param name="Syntax">The number of its syntax; null if it does not say.</param>
internal sealed partial record AttributeType(string[] Names, string? Superior, string? Equality, string? Syntax)
{
    /// <summary>Reads a description.</summary>
    public static AttributeType Parse(string description)
    {
        var text = Description.Replace(description, " ");
        var number = Number.Match(text) is { Success: true } found ? new[] { found.Groups[1].Value } : [];
        return new([.. NamesIn(text), .. number], After(text, "SUP"), After(text, "EQUALITY"), After(text, "SYNTAX")?.Split('{')[0]);
    }

    /// <summary>The names in a description.</summary>
    public static IEnumerable<string> NamesIn(string description)
    {
        var names = Named.Match(description).Groups["names"].Value;
        return Quoted.Matches(names).Select(name => name.Groups[1].Value);
    }

    // Domain controllers write the number of a syntax in quotes.
    private static string? After(string text, string word)
    {
        var at = text.IndexOf($" {word} ", StringComparison.Ordinal);
        return at < 0 ? null : text[(at + word.Length + 2)..].TrimStart().Split([' ', ')'], 2)[0].Trim('\'');
    }

    [GeneratedRegex(@"\bNAME\s+(?<names>'[^']*'|\([^)]*\))")]
    private static partial Regex Named { get; }

    [GeneratedRegex(@"\bDESC\s+'[^']*'")]
    private static partial Regex Description { get; }

    [GeneratedRegex(@"^\(\s*([0-9]+(?:\.[0-9]+)+)\s")]
    private static partial Regex Number { get; }

    [GeneratedRegex("'([^']*)'")]
    private static partial Regex Quoted { get; }
}
