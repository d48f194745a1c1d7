using System.Text.RegularExpressions;

namespace Hermes.Architecture.Tests;

/// <summary>What no text of the repository may hold.</summary>
public partial class TextTests
{
    private const int LongestSource = 400;

    // The style asks for 140 columns; this is where a line stops being readable in a review.
    private const int WidestLine = 180;

    // Written so that the patterns don't match themselves.
    private const string MachinePaths = @"(?<![\w.])/(work|root)/";
    private const string Registries = @"\b(nuget|npmjs|pypi|debian|docker)\.(org|com|io)\b";
    private const string WritingTools = @"\b([C]laude|[A]nthropic|[C]hatGPT|[C]opilot|[L]LM)\b|co-[a]uthored-by";

    [Fact]
    public void No_text_names_a_machine_a_registry_or_a_person_s_tool()
    {
        var found =
            from file in Repository.TextFiles
            from line in Repository.Read(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
            where Forbidden().IsMatch(line.Text)
            select $"{file}({line.Number}): {line.Text.Trim()}";

        found.Should().BeEmpty();
    }

    [Fact]
    public void Nothing_is_left_unfinished()
    {
        var unfinished =
            from file in Repository.CSharpFiles("src", "samples", "benchmarks")
            where Unfinished().IsMatch(Repository.Read(file))
            select file;

        unfinished.Should().BeEmpty();
    }

    [Fact]
    public void A_source_file_has_one_subject_and_is_short()
    {
        var tooLong =
            from file in Repository.CSharpFiles("src", "samples")
            let lines = Repository.Read(file).AsSpan().Count('\n')
            where lines > LongestSource
            select $"{file}: {lines} lines";

        tooLong.Should().BeEmpty();
    }

    [Fact]
    public void A_line_of_code_fits_on_the_screen()
    {
        var tooWide =
            from file in Repository.CSharpFiles("src", "tests", "samples", "benchmarks")
            from line in Repository.Read(file).Split('\n').Select((text, index) => (Text: text, Number: index + 1))
            where line.Text.Length > WidestLine
            select $"{file}({line.Number}): {line.Text.Length} columns";

        tooWide.Should().BeEmpty();
    }

    [Fact]
    public void Text_files_end_their_lines_with_a_line_feed_alone()
    {
        Repository.TextFiles.Where(file => Repository.Read(file).Contains('\r', StringComparison.Ordinal)).Should().BeEmpty();
    }

    [Fact]
    public void Links_between_pages_lead_somewhere()
    {
        var broken =
            from page in Repository.TextFiles
            where page.EndsWith(".md", StringComparison.Ordinal)
            from Match link in RelativeLink().Matches(Repository.Read(page))
            let target = Path.Combine(Repository.Root, Path.GetDirectoryName(page)!, link.Groups["target"].Value)
            where !Path.Exists(target)
            select $"{page}: {link.Groups["target"].Value}";

        broken.Should().BeEmpty();
    }

    [GeneratedRegex($"{MachinePaths}|{Registries}|{WritingTools}", RegexOptions.IgnoreCase)]
    private static partial Regex Forbidden();

    [GeneratedRegex(@"\]\((?!\w+:)(?<target>[^)#\s]+)")]
    private static partial Regex RelativeLink();

    [GeneratedRegex(@"\b(TODO|FIXME|HACK|XXX|NotImplementedException)\b")]
    private static partial Regex Unfinished();
}
