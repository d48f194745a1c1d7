using System.Text.Json;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.AttributeFilters;
using Hermes.Templates.Tests.Cases;

namespace Hermes.Templates.Tests;

/// <summary>The examples of docs/templates.md.</summary>
public sealed partial class DocumentationTests
{
    private const string ErrorMark = "error: ";

    private static readonly JinjaTemplateEngine Engine =
        new([new LdapPasswordHashFilter(), new RandomPasswordFilter(), new RsaOaepFilter([])]);

    private static readonly string Page = File.ReadAllText(Path.Combine(AppContext.BaseDirectory, "templates.md"));

    private static readonly IReadOnlyDictionary<string, Value> Variables =
        TypedJson.Read(JsonDocument.Parse(VariablesBlock().Match(Page).Groups["json"].Value).RootElement).AsMap();

    public static TheoryData<string, string> Examples
    {
        get
        {
            var examples = new TheoryData<string, string>();
            foreach (var cells in Page.Split('\n').Where(line => line.StartsWith('|')).Select(Cells))
            {
                var template = cells.FindIndex(cell => cell.Contains("{{", StringComparison.Ordinal));
                if (template >= 0)
                    examples.Add(Code(cells[template]), Code(cells[template + 1]));
            }

            return examples;
        }
    }

    [Theory]
    [MemberData(nameof(Examples))]
    public void Example_yields_what_the_page_says(string text, string expected)
    {
        var template = Engine.Compile(text);
        if (expected.StartsWith(ErrorMark, StringComparison.Ordinal))
            FluentActions.Invoking(() => Evaluate(template)).Should().Throw<TemplateException>()
                .Which.Reason.Should().Contain(expected[ErrorMark.Length..]);
        else if (IsJson(expected))
            Evaluate(template).Should().Be(TypedJson.Read(JsonDocument.Parse(expected).RootElement));
    }

    [Fact]
    public void The_page_shows_every_filter_and_test_of_the_language()
    {
        foreach (var name in Filters.Filter.All.Select(filter => filter.Name).Except(["count", "forceescape", "safe"]))
            Page.Should().MatchRegex($"`{name}`");
        foreach (var name in Test.All.Select(test => test.Name).Where(name => char.IsLetter(name[0])).Except(["lessthan", "greaterthan"]))
            Page.Should().MatchRegex($"`{name}`");
        Examples.Should().HaveCountGreaterThan(60);
    }

    private static Value Evaluate(ITemplate template) =>
        template.Evaluate([.. template.Variables.Select(name => Variables.GetValueOrDefault(name, Value.Undefined))]);

    /// <summary>What is no JSON is a description: such a template is only compiled.</summary>
    private static bool IsJson(string text) =>
        text.Length > 0 && (text[0] is '"' or '[' or '{' or '-' || char.IsAsciiDigit(text[0]) || text is "true" or "false" or "null");

    private static List<string> Cells(string line) =>
        [.. CellBreak().Split(line).Select(cell => cell.Trim().Replace("\\|", "|", StringComparison.Ordinal))];

    private static string Code(string cell) => cell.Trim('`');

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex CellBreak();

    [GeneratedRegex(@"```json\n(?<json>.*?)\n```", RegexOptions.Singleline)]
    private static partial Regex VariablesBlock();
}
