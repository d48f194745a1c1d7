using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Tests;

public sealed class ErrorTests
{
    private const string Secret = "s3cr3t-value";

    private static readonly JinjaTemplateEngine Engine = new([new Failing(), new Refusing()]);

    [Theory]
    [InlineData("{{ a | lowr }}", 1, 8)]
    [InlineData("{{ a", 1, 1)]
    [InlineData("text\n  {{ b + }}", 2, 10)]
    [InlineData("one\r\ntwo {{ 'x }}", 2, 8)]
    [InlineData("{{ a }}{% if %}", 1, 8)]
    [InlineData("{{ [1, (2] }}", 1, 10)]
    [InlineData("{{\n  a\n  | replace('x') }}", 3, 5)]
    public void A_template_that_is_not_valid_is_refused_with_its_place(string text, int line, int column)
    {
        var exception = Compiling(text).Should().Throw<TemplateException>().Which;

        (exception.Line, exception.Column, exception.Template).Should().Be((line, column, text));
    }

    [Theory]
    [InlineData("{{ 1 / zero }}", 1, 6)]
    [InlineData("{{ 1 +\n  text | int + none }}", 2, 14)]
    [InlineData("x {{ text }} y {{ unset }}", 1, 19)]
    [InlineData("{{ (unset | upper) ~ text }}", 1, 5)]
    [InlineData("{{ text.upper().foo.bar }}", 1, 17)]
    [InlineData("{{ zero if unset else text }}", 1, 12)]
    public void An_evaluation_that_fails_tells_its_place(string text, int line, int column)
    {
        var exception = Evaluating(text).Should().Throw<TemplateException>().Which;

        (exception.Line, exception.Column, exception.Template).Should().Be((line, column, text));
    }

    [Fact]
    public void The_message_shows_the_line_with_a_caret()
    {
        Compiling("one\ntwo {{ a | lowr }}").Should().Throw<TemplateException>()
            .WithMessage("There is no filter 'lowr'; did you mean 'lower'? (line 2, column 12)\n    two {{ a | lowr }}\n               ^");
    }

    [Fact]
    public void A_variable_that_is_not_set_is_named()
    {
        Evaluating("{{ text ~ unset }}").Should().Throw<TemplateException>().Which.Reason.Should().StartWith("'unset' is not set.");
    }

    [Theory]
    [InlineData("{{ rows[0].nam | upper }}", "rows[0].nam", 12)]
    [InlineData("{{ row.nam + 1 }}", "row.nam", 8)]
    [InlineData("{{ 'x' ~ row['nam'] }}", "row['nam']", 13)]
    [InlineData("{{ row.nam.first }}", "row.nam", 8)]
    [InlineData("{{ rows[7] | upper }}", "rows[7]", 8)]
    [InlineData("{{ rows[-2].name }}", "rows[-2]", 8)]
    [InlineData("{{ rows[row.one] | upper }}", "rows[row.one]", 8)]
    [InlineData("{{ (rows | first).nam | upper }}", "(...).nam", 19)]
    [InlineData("x {{ row.nam }}", "row.nam", 10)]
    [InlineData("{{ 1 if row.nam else 2 }}", "row.nam", 13)]
    [InlineData("{{ row.name is defined and row.nam > 1 }}", "row.nam", 32)]
    public void A_member_that_is_not_set_is_named(string text, string name, int column)
    {
        var exception = Evaluating(text).Should().Throw<TemplateException>().Which;

        exception.Reason.Should().StartWith($"'{name}' is not set.");
        (exception.Column, exception.IsUndefined).Should().Be((column, true));
    }

    [Theory]
    [InlineData("{{ text.lower }}", "A text has no member 'lower'; did you mean 'lower()' or '| lower'?")]
    [InlineData("{{ text.lenght }}", "A text has no member 'lenght'; did you mean '| length'?")]
    [InlineData("{{ text.len }}", "A text has no member 'len'; did you mean '| length'?")]
    [InlineData("{{ text.zfil }}", "A text has no member 'zfil'; did you mean 'zfill()'?")]
    [InlineData("{{ text.surname }}", "A text has no member 'surname'")]
    [InlineData("{{ text['lower'] }}", "A text has no member 'lower'; did you mean 'lower()' or '| lower'?")]
    [InlineData("{{ text.lower | default('x') }}", "A text has no member 'lower'; did you mean 'lower()' or '| lower'?")]
    [InlineData("{{ rows.first }}", "A list has no member 'first'; did you mean '| first'?")]
    [InlineData("{{ zero.abs }}", "An integer has no member 'abs'; did you mean '| abs'?")]
    [InlineData("{{ when.yaer }}", "A date and time has no member 'yaer'; it has year, month, day, hour, minute, second, microsecond")]
    public void A_member_of_what_has_none_is_an_error_and_not_unset(string text, string reason)
    {
        var exception = Evaluating(text).Should().Throw<TemplateException>().Which;

        (exception.Reason, exception.IsUndefined).Should().Be((reason, false));
    }

    [Theory]
    [InlineData("{{ none.name }}")]
    [InlineData("{{ row.nam }}")]
    [InlineData("{{ row.none.name }}")]
    [InlineData("{{ text.name is undefined and text if text.name is not defined else text.name }}")]
    public void A_member_of_none_or_of_a_dictionary_may_be_unset(string text)
    {
        Evaluating(text).Should().NotThrow();
    }

    [Theory]
    [InlineData("{{ text && zero }}", 9, "Write 'and' instead of '&&'")]
    [InlineData("{{ text || zero }}", 9, "Write 'or' instead of '||'")]
    [InlineData("{{ zero ? 1 : 2 }}", 9, "Write 'a if condition else b' instead of 'condition ? a : b'")]
    [InlineData("{{ !zero }}", 4, "Write 'not' instead of '!'")]
    [InlineData("{{ zero = 1 }}", 9, "Write '==' to compare; '=' stands before the value of a named argument only")]
    [InlineData("{{ 'a' if (zero = 1) else 'b' }}", 17, "Write '==' to compare; '=' stands before the value of a named argument only")]
    [InlineData("{{ zero === 1 }}", 11, "Write '==' to compare; '=' stands before the value of a named argument only")]
    [InlineData("{{ \u201cx\u201d }}", 4, "Write a straight quote (' or \") instead of '\u201c'")]
    [InlineData("{{ text | replace(\u2018x\u2019, 'y') }}", 19, "Write a straight quote (' or \") instead of '\u2018'")]
    [InlineData("{{ len(text) }}", 4, "'len' is no function: write 'value | length'")]
    [InlineData("{{ str(zero) }}", 4, "'str' is no function: write 'value | string'")]
    [InlineData("{{ lower(text) }}", 4, "'lower' is a filter: write 'value | lower'")]
    [InlineData("{{ text.trim() }}", 9, "'trim' is a filter: write 'value | trim'")]
    [InlineData("{{ zero AND text }}", 9, "Write 'and' instead of 'AND'")]
    [InlineData("{{ zero & 1 }}", 9, "The character '&' has no meaning in an expression")]
    public void What_other_languages_write_is_told_in_the_words_of_this_one(string text, int column, string reason)
    {
        var exception = Compiling(text).Should().Throw<TemplateException>().Which;

        (exception.Column, exception.Reason).Should().Be((column, reason));
    }

    [Theory]
    [InlineData("{{ text + 1 }}")]
    [InlineData("{{ text - 1 }}")]
    [InlineData("{{ text < 1 }}")]
    [InlineData("{{ text | abs }}")]
    [InlineData("{{ text | int(base=99) }}")]
    [InlineData("{{ text | items }}")]
    [InlineData("{{ text % 1 }}")]
    [InlineData("{{ '%d' % text }}")]
    [InlineData("{{ '{:d}'.format(text) }}")]
    [InlineData("{{ text.format() | int / 0 }}")]
    [InlineData("{{ text.index('zzz') }}")]
    [InlineData("{{ text.encode(text) }}")]
    [InlineData("{{ when.strftime('%' ~ text) ~ when.strftime('%Q') }}")]
    [InlineData("{{ range(text) }}")]
    [InlineData("{{ [1] | dictsort(by=text) }}")]
    [InlineData("{{ {'a': 1} | dictsort(by=text) }}")]
    [InlineData("{{ 1 | round(1, text) }}")]
    [InlineData("{{ {text: 1, 1: 2} }}")]
    [InlineData("{{ {text ~ ' ': 1} | xmlattr }}")]
    [InlineData("{{ text | failing }}")]
    [InlineData("{{ text | refusing }}")]
    [InlineData("{{ text | sum }}")]
    [InlineData("{{ [text, 1] | sort }}")]
    [InlineData("{{ '%(x)s' % {text: 1} }}")]
    [InlineData("{{ ('{' ~ text ~ '}').format() }}")]
    [InlineData("{{ ('%(' ~ text ~ ')s') % {} }}")]
    [InlineData("{{ text | regex_search('(' ~ text) }}")]
    [InlineData("{{ 'a' | regex_replace('a', '\\\\' ~ text) }}")]
    [InlineData("{{ text | to_datetime }}")]
    [InlineData("{{ '1' | to_datetime('%' ~ text) }}")]
    [InlineData("{{ when | in_zone(text) }}")]
    [InlineData("{{ text | hash(text) }}")]
    [InlineData("{{ text | b64decode }}")]
    [InlineData("{{ text | to_uuid(text) }}")]
    [InlineData("{{ text | combine }}")]
    [InlineData("{{ text.uuencode() if false else text.splitlines(1, 2, 3) }}")]
    public void No_message_shows_a_value(string text)
    {
        var exception = Evaluating(text).Should().Throw<TemplateException>().Which;

        exception.ToString().Should().NotContain(Secret);
    }

    [Fact]
    public void A_filter_that_refuses_its_input_is_heard()
    {
        Evaluating("{{ 1 | refusing }}").Should().Throw<TemplateException>().Which.Reason
            .Should().Be("The filter 'refusing' cannot be applied: the input must be green");
    }

    [Fact]
    public void A_filter_that_fails_otherwise_is_named_with_the_type_of_its_exception()
    {
        Evaluating("{{ text | failing }}").Should().Throw<TemplateException>().Which.Reason
            .Should().Be("The filter 'failing' failed with InvalidOperationException");
    }

    [Fact]
    public void A_filter_of_the_host_replaces_a_built_in_one()
    {
        new JinjaTemplateEngine([new Named("lower")]).Compile("{{ 'A' | lower(1, b=[2]) }}").Evaluate([])
            .Should().Be(Value.From("A,1,[2]"));
    }

    [Theory]
    [InlineData("")]
    [InlineData("a b")]
    [InlineData("1a")]
    [InlineData("a.b")]
    public void A_filter_needs_a_name_that_templates_can_write(string name)
    {
        FluentActions.Invoking(() => new JinjaTemplateEngine([new Named(name)])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void Two_filters_of_one_name_are_refused()
    {
        FluentActions.Invoking(() => new JinjaTemplateEngine([new Named("a"), new Named("a")])).Should().Throw<ArgumentException>();
    }

    private static Action Compiling(string text) => () => Engine.Compile(text);

    private static Action Evaluating(string text) => () =>
    {
        var template = Engine.Compile(text);
        template.Evaluate([.. template.Variables.Select(name => name switch
        {
            "text" => Secret,
            "zero" => 0,
            "when" => new DateTime(2024, 5, 1),
            "row" => ValueMap.Create([new("name", "Ann"), new("one", 1), new("none", Value.Null)]),
            "rows" => ValueList.Create([ValueMap.Create([new("name", "Ann")])]),
            _ => Value.Undefined,
        })]);
    };

    private sealed class Failing : IAttributeFilter
    {
        public string Name => "failing";

        public Value Apply(Value input, FilterArguments arguments) => throw new InvalidOperationException($"not {input}");
    }

    private sealed class Refusing : IAttributeFilter
    {
        public string Name => "refusing";

        public Value Apply(Value input, FilterArguments arguments) => throw new ArgumentException("the input must be green");
    }

    private sealed class Named(string name) : IAttributeFilter
    {
        public string Name => name;

        public Value Apply(Value input, FilterArguments arguments) =>
            $"{input},{arguments.Require(0, "a")},{arguments.Get(1, "b", Value.Null)}";
    }
}
