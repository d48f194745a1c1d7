using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Scriban.Tests;

public sealed partial class DocumentationTests
{
    [Fact]
    public void Templates_of_the_page_compile()
    {
        var engine = new ScribanTemplateEngine([new PasswordHash()]);
        var rows = File.ReadLines(Path.Combine(AppContext.BaseDirectory, "templates-scriban.md")).Where(line => line.StartsWith("| ", StringComparison.Ordinal));

        var templates = rows
            .Select(row => Column().Split(row))
            .SelectMany(columns => Template().Matches(columns[3]).Select(match => match.Value.Replace("\\|", "|", StringComparison.Ordinal)))
            .ToList();

        templates.Should().HaveCountGreaterThan(8);
        templates.Should().AllSatisfy(template => engine.Compile(template));
    }

    private sealed class PasswordHash : IAttributeFilter
    {
        public string Name => "ldapPasswordHash";

        public Value Apply(Value input, FilterArguments arguments) => input;
    }

    [GeneratedRegex(@"(?<!\\)\|")]
    private static partial Regex Column();

    [GeneratedRegex(@"\{\{.*?\}\}")]
    private static partial Regex Template();
}
