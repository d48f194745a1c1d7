using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.AttributeFilters;
using Hermes.Templates.Tests.Cases;

namespace Hermes.Templates.Tests.AttributeFilters;

public sealed class RegexSearchFilterTests
{
    [Theory]
    [InlineData("{{ 'ann@example.org' | regex_search('@.+$') }}", "\"@example.org\"")]
    [InlineData("{{ 'ann@example.org' | regex_search('@(.+)$') }}", "\"example.org\"")]
    [InlineData("{{ 'ann@example.org' | regex_search('(.+)@(.+)') }}", "[\"ann\", \"example.org\"]")]
    [InlineData("{{ 'a1b22' | regex_search('\\d{2}') }}", "\"22\"")]
    [InlineData("{{ 'abc' | regex_search('B') }}", "null")]
    [InlineData("{{ 'abc' | regex_search('B', ignorecase=true) }}", "\"b\"")]
    [InlineData("{{ 'abc' | regex_search('x(y)?') }}", "null")]
    [InlineData("{{ 'x' | regex_search('x(y)?') }}", "null")]
    [InlineData("{{ ['a1', 'b', 'c2'] | map('regex_search', '\\d') | reject('none') | list }}", "[\"1\", \"2\"]")]
    public void Search_gives_the_match_or_its_groups(string text, string expected)
    {
        Evaluate(text).Should().Be(TypedJson.Read(System.Text.Json.JsonDocument.Parse(expected).RootElement));
    }

    [Theory]
    [InlineData("{{ ('a' * 40) | regex_search('^(a+)+b$') }}", "took longer than")]
    [InlineData("{{ 'a' | regex_search('(') }}", "not valid")]
    [InlineData("{{ 5 | regex_search('5') }}", "must be texts")]
    public void What_cannot_be_searched_is_refused(string text, string reason)
    {
        FluentActions.Invoking(() => Evaluate(text)).Should().Throw<TemplateException>().Which.Reason.Should().Contain(reason);
    }

    private static Value Evaluate(string text) => new JinjaTemplateEngine([new RegexSearchFilter()]).Compile(text).Evaluate([]);
}
