using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Tests;

public sealed class LimitTests
{
    private static readonly JinjaTemplateEngine Engine = new();

    [Theory]
    [InlineData("{{ 'a' * 1000000000 }}")]
    [InlineData("{{ 'a' * 9223372036854775807 }}")]
    [InlineData("{{ [0] * 1000000000 }}")]
    [InlineData("{{ 'a' * 10000000 * 10000000 }}")]
    [InlineData("{{ range(100000000) | length }}")]
    [InlineData("{{ 'a' | center(1000000000) }}")]
    [InlineData("{{ 'a' | indent(1000000000) }}")]
    [InlineData("{{ 'a'.zfill(1000000000) }}")]
    [InlineData("{{ 'a'.ljust(9223372036854775807) }}")]
    [InlineData("{{ '😀😀'.ljust(9223372036854775807) }}")]
    [InlineData("{{ '😀😀'.zfill(9223372036854775807) }}")]
    [InlineData("{{ '%1000000000d' % 1 }}")]
    [InlineData("{{ '{:1000000000}'.format(1) }}")]
    [InlineData("{{ '%.1000000000f' % 1.5 }}")]
    [InlineData("{{ [1] | batch(1000000000, 0) }}")]
    [InlineData("{{ [1] | slice(1000000000) }}")]
    [InlineData("{{ ('a' * 1000000) | replace('a', 'a' * 1000000) }}")]
    [InlineData("{{ ('a' * 100000) | list | join('b' * 100000) }}")]
    [InlineData("{{ ([[[[0] * 1000] * 1000] * 1000] * 1000) }}")]
    [InlineData("{{ ([[[[0] * 1000] * 1000] * 1000] * 1000) | string }}")]
    [InlineData("{{ ([[[[0] * 1000] * 1000] * 1000] * 1000) | tojson(9) }}")]
    [InlineData("{{ ([[[[0] * 1000] * 1000] * 1000] * 1000) | pprint }}")]
    [InlineData("{{ ([[[[0] * 1000] * 1000] * 1000] * 1000) == ([[[[0] * 1000] * 1000] * 1000] * 1000) }}")]
    [InlineData("{{ [([[[[0] * 1000] * 1000] * 1000] * 1000)] | unique }}")]
    [InlineData("{{ ([range(5000)] * 5000) | select('eq', range(5000)) | length }}")]
    [InlineData("{{ ([[0] * 5000] * 5000) | map('sum') | list }}")]
    [InlineData("{{ range(100000) | select('in', range(100000) | list | reverse) | length }}")]
    [InlineData("{{ ('ab ' * 100000) | wordwrap(1) | length and ('x' * 1000000) | wordwrap(1) }}")]
    [InlineData("{{ 'a' | tojson(indent=1000000000) }}")]
    [InlineData("{{ {'a': [[1]]} | tojson(indent=10000000) }}")]
    public void A_template_cannot_make_the_process_slow_or_large(string text)
    {
        Engine.Compile(text).Invoking(template => template.Evaluate([]))
            .Should().Throw<TemplateException>().Which.Reason.Should().MatchRegex("TemplateLimits|precision of a format is 1100 at most");
    }

    [Theory]
    [InlineData("(", "1", ")")]
    [InlineData("[", "", "]")]
    [InlineData("{'a': ", "1", "}")]
    [InlineData("not ", "1", "")]
    [InlineData("-", "1", "")]
    [InlineData("", "1", " + 1")]
    [InlineData("", "1", " ** 1")]
    [InlineData("", "1", " and 1")]
    [InlineData("", "1", " or 1")]
    [InlineData("", "1", " | abs")]
    [InlineData("", "1", ".a")]
    [InlineData("", "'a'", "[0]")]
    [InlineData("", "'a'", ".upper()")]
    [InlineData("", "'a'", "[:]")]
    [InlineData("1 if 0 else ", "1", "")]
    [InlineData("", "1", " if 1 else 1")]
    [InlineData("", "1", " if 1")]
    [InlineData("range(", "1", ")")]
    [InlineData("1 is eq(", "1", ")")]
    [InlineData("a[", "1", "]")]
    [InlineData("a.get(", "1", ")")]
    [InlineData("a.count(", "1", ")")]
    [InlineData("{'a': [", "1", "]}")]
    [InlineData("a | default(", "1", ")")]
    public void Nesting_is_limited(string before, string inside, string after)
    {
        string Times(string part, int count) => string.Concat(Enumerable.Repeat(part, count));
        string Nested(int depth) => $"{{{{ {Times(before, depth)}{inside}{Times(after, depth)} }}}}";

        Engine.Invoking(engine => engine.Compile(Nested(5_000))).Should().Throw<TemplateException>()
            .Which.Reason.Should().Contain("TemplateLimits.MaxDepth");
        Engine.Invoking(engine => engine.Compile(Nested(30))).Should().NotThrow();
    }

    [Fact]
    public void A_template_s_text_is_limited()
    {
        Engine.Invoking(engine => engine.Compile(new string('a', 70_000))).Should().Throw<TemplateException>()
            .Which.Reason.Should().Contain("TemplateLimits.MaxTemplateLength");
    }

    [Fact]
    public void Limits_can_be_set()
    {
        var limits = new TemplateLimits { MaxMemory = 100, MaxSteps = 1_000, MaxDepth = 5, MaxTemplateLength = 50 };
        var strict = new JinjaTemplateEngine([], limits);

        strict.Compile("{{ 'a' * 38 }}").Evaluate([]).Should().Be(Value.From(new string('a', 38)));
        strict.Compile("{{ 'a' * 39 }}").Invoking(template => template.Evaluate([])).Should().Throw<TemplateException>();
        strict.Invoking(engine => engine.Compile("{{ 1 + 1 + 1 + 1 + 1 + 1 }}")).Should().Throw<TemplateException>();
        strict.Invoking(engine => engine.Compile(new string('a', 51))).Should().Throw<TemplateException>();
    }

    [Fact]
    public void Each_evaluation_has_its_own_limits()
    {
        var template = new JinjaTemplateEngine([], new TemplateLimits { MaxMemory = 100 }).Compile("{{ 'a' * 30 }}");

        for (var i = 0; i < 10; i++)
            template.Evaluate([]).AsString().Should().HaveLength(30);
    }
}
