using System.Text.RegularExpressions;
using Hermes.TestSupport;

namespace Hermes.Docs.Tests;

/// <summary>A piece of code or configuration on a page.</summary>
/// <param name="Page">The page, from the root of the repository on.</param>
/// <param name="Line">The line in which it begins.</param>
/// <param name="Text">What it says.</param>
internal sealed partial record Snippet(string Page, int Line, string Text)
{
    private static readonly string[] Pages = ["README.md", .. RepositoryFiles.List("docs", "*.md")];

    /// <summary>All pieces in a language, page by page.</summary>
    public static IReadOnlyList<Snippet> In(string language) => [.. Pages.SelectMany(page => Of(page, language))];

    /// <summary>The pieces of a page in a language.</summary>
    public static IEnumerable<Snippet> Of(string page, string language)
    {
        var text = RepositoryFiles.Read(page);
        return Fence().Matches(text)
            .Where(fence => fence.Groups["language"].Value == language)
            .Select(fence => new Snippet(page, 2 + text.AsSpan(0, fence.Index).Count('\n'), fence.Groups["text"].Value));
    }

    public override string ToString() => $"{Page}({Line})";

    [GeneratedRegex("^```(?<language>[a-z]+)\n(?<text>.*?)^```", RegexOptions.Multiline | RegexOptions.Singleline)]
    private static partial Regex Fence();
}
