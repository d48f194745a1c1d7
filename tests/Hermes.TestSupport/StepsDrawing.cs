using System.Text.RegularExpressions;

namespace Hermes.TestSupport;

/// <summary>The steps of a half as <c>src/README.md</c> draws them.</summary>
public static partial class StepsDrawing
{
    /// <summary>The names of the steps, in their order.</summary>
    /// <param name="half"><c>server</c> or <c>client</c>.</param>
    public static IReadOnlyList<string> Of(string half)
    {
        var page = RepositoryFiles.Read("src/README.md");
        var line = page[page.IndexOf($"subgraph {half}", StringComparison.Ordinal)..].Split('\n')[1];

        // A box that is called otherwise than its name shows that in brackets.
        return [.. line.Split("-->").Select(box => Label().Match(box) is { Success: true } label ? label.Groups[1].Value : box.Trim())];
    }

    [GeneratedRegex(@"\[(\w+)\]")]
    private static partial Regex Label();
}
