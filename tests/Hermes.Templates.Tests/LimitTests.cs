using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Templates.Tests;

public sealed class LimitTests
{
    /// <summary>No time passes for it, so that what is refused is so for its steps or its memory, however busy the machine is.</summary>
    private static readonly JinjaTemplateEngine Engine = new([new Own(), new Large(), new Nested()], time: new FakeTimeProvider());

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
    [InlineData("{{ (['a' * 1000000] * 20000) | map('wordcount') | sum }}")]
    [InlineData("{{ (['a' * 1000000] * 20000) | map('trim', 'b' * 1000000 ~ 'a') | list }}")]
    [InlineData("{{ ('aB ' * 5000000) | title | length }}")]
    [InlineData("{{ (['a' * 1000000] * 5000) | select('eq', 'a' * 999999 ~ 'b') | list }}")]
    [InlineData("{{ (['a' * 1000000] * 5000) | unique | list }}")]
    [InlineData("{{ (['a' * 2000000] * 50) | map('own', 'a') | list }}")]
    [InlineData("{{ (['a'] * 50) | map('own', 'a' * 2000000) | list }}")]
    [InlineData("{{ (['a'] * 50) | map('own', b='a' * 2000000) | list }}")]
    [InlineData("{{ range(50) | map('large') | list }}")]
    [InlineData("{{ ([[[[[]] * 1000] * 1000] * 1000] * 1000) | own('a') }}")]
    [InlineData("{{ ([[[[{}] * 1000] * 1000] * 1000] * 1000) | own('a') }}")]
    [InlineData("{{ ('ü' * 1000000) | to_ascii | list | length }}")]
    [InlineData("{{ (['a'] * 1000) | map('regex_replace', 'a' * 4000, '') | list }}")]
    [InlineData("{{ 'a' | regex_search('b' * 4097) }}", "4096 characters")]
    [InlineData("{{ ('a' * 2000000).find('a' * 999999 ~ 'b' ~ 'a') }}")]
    [InlineData("{{ ('a' * 2000000).rfind('a' ~ 'b' ~ 'a' * 999999) }}")]
    [InlineData("{{ ('a' * 2000000) | replace('a' * 999999 ~ 'b', '') }}")]
    [InlineData("{{ range(100000) | map('regex_search', '(((.)))', '\\\\1', '\\\\2', '\\\\3') | list }}")]
    [InlineData("{{ ('a' * 100000) | regex_replace('', 'b' * 1000) }}")]
    [InlineData("{{ ('a' * 100000) | regex_findall('()()()()()()()()') }}")]
    [InlineData("{{ range(100000) | map('hash', 'sha512') | list }}")]
    [InlineData("{{ (['x'] * 100000) | map('combine') | list }}", "needs dictionaries")]
    [InlineData("{{ ([{'a': 1}] * 400000) | combine }}")]
    [InlineData("{{ ([{'a': 1}] * 400000) | map('dict2items') | list }}")]
    [InlineData("{{ 'a' | tojson(indent=1000000000) }}")]
    [InlineData("{{ {'a': [[1]]} | tojson(indent=10000000) }}")]
    public void A_template_cannot_make_the_process_slow_or_large(string text, string reason = "TemplateLimits|precision of a format is 1100 at most")
    {
        var template = Engine.Compile(text);
        var before = GC.GetAllocatedBytesForCurrentThread();

        template.Invoking(it => it.Evaluate([])).Should().Throw<TemplateException>().Which.Reason.Should().MatchRegex(reason);

        (GC.GetAllocatedBytesForCurrentThread() - before).Should().BeLessThan(64_000_000);
    }

    [Theory]
    [InlineData("{{ ('a' * 500000) | trim('b' * 500000 ~ 'a') }}", "")]
    [InlineData("{{ 'x' in ('a' * 2000000 ~ 'x') }}", true)]
    [InlineData("{{ ('a' * 200000).find('a' * 999 ~ 'b' ~ 'a') }}", -1)]
    [InlineData("{{ ('a' * 200000 ~ 'b').find('a' * 999 ~ 'b') }}", 199001)]
    [InlineData("{{ ('b' ~ 'a' * 200000).rfind('b' ~ 'a' * 999) }}", 0)]
    [InlineData("{{ ('ab' * 100000).count('ab' * 10) }}", 10000)]
    [InlineData("{{ ('ab' * 100000).rpartition('ba' * 1000)[2] }}", "b")]
    public void Much_work_that_is_bounded_is_done(string text, object expected)
    {
        ValueConversion.TryConvert(expected, out var value).Should().BeTrue();

        Engine.Compile(text).Evaluate([]).Should().Be(value);
    }

    [Theory]
    [InlineData("{{ deep }}")]
    [InlineData("{{ deep | string }}")]
    [InlineData("{{ deep ~ '' }}")]
    [InlineData("{{ deep | tojson }}")]
    [InlineData("{{ deep | pprint }}")]
    [InlineData("{{ deep | own('a') }}")]
    [InlineData("{{ 1 | own(deep) }}")]
    [InlineData("{{ 1 | nested }}")]
    [InlineData("{{ deep == other }}")]
    [InlineData("{{ deep is sameas other }}")]
    [InlineData("{{ deep < other }}")]
    [InlineData("{{ deep in [other] }}")]
    [InlineData("{{ [deep, other] | unique | list }}")]
    [InlineData("{{ [deep, other] | sort }}")]
    [InlineData("{{ [other].index(deep) }}")]
    [InlineData("{{ {'a': deep} | combine({'a': other}, recursive=true, list_merge='append_rp') }}")]
    [InlineData("{{ deepMap | combine(otherMap, recursive=true) }}")]
    [InlineData("{{ deepMap == otherMap }}")]
    [InlineData("{{ deepMap | pprint }}")]
    [InlineData("{{ deepMap | tojson }}")]
    [InlineData("{{ [deepMap, otherMap] | unique | list }}")]
    [InlineData("{{ '%s' % [[deep]] }}")]
    [InlineData("{{ '{}'.format(deep) }}")]
    public void A_value_that_is_nested_too_deeply_is_refused(string text)
    {
        var template = Engine.Compile(text);

        template.Invoking(it => it.Evaluate([.. it.Variables.Select(name => name.EndsWith("Map", StringComparison.Ordinal) ? Deep(MapOf) : Deep(ListOf))]))
            .Should().Throw<TemplateException>().Which.Reason.Should().Be("A value is nested deeper than the 200 levels allowed (TemplateLimits.MaxDepth)");
    }

    [Fact]
    public void A_value_that_is_nested_as_deeply_as_messages_may_be_is_not()
    {
        Engine.Compile("{{ a | own('x') == a and [a] | unique | length == 1 and (a | tojson | length) == 128 + 1 }}")
            .Evaluate([Enumerable.Range(0, 64).Aggregate(Value.From(1), (inner, _) => ListOf(inner))]).Should().Be(Value.From(true));
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

    private static Value ListOf(Value inner) => ValueList.Create([inner]);

    private static Value MapOf(Value inner) => ValueMap.Create([new("a", inner)]);

    private static Value Deep(Func<Value, Value> wrap)
    {
        var value = Value.From(1);
        for (var i = 0; i < 200_000; i++)
            value = wrap(value);
        return value;
    }

    private sealed class Own : IAttributeFilter
    {
        public string Name => "own";

        public Value Apply(Value input, FilterArguments arguments) => input;
    }

    private sealed class Large : IAttributeFilter
    {
        public string Name => "large";

        public Value Apply(Value input, FilterArguments arguments) => new string('x', 1_000_000);
    }

    private sealed class Nested : IAttributeFilter
    {
        public string Name => "nested";

        public Value Apply(Value input, FilterArguments arguments) => Deep(ListOf);
    }
}
