using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Scriban.Tests;

public sealed class VariableTests
{
    private static readonly ScribanTemplateEngine Engine = new();

    [Theory]
    [InlineData("{{ a }}", "a")]
    [InlineData("{{ a + b + a }}", "a,b")]
    [InlineData("{{ b | string.downcase }}-{{ a }}", "b,a")]
    [InlineData("{{ 'a' | string.downcase }}", "")]
    [InlineData("{{ a.b.c[d] }}", "a,d")]
    [InlineData("{{ a | string.replace b c }}", "a,b,c")]
    [InlineData("{{ [a, {b: c}] }}", "a,c")]
    [InlineData("{{ a ? b : c }}", "a,b,c")]
    [InlineData("{{ for x in xs }}{{ x }}{{ for.index }}{{ y }}{{ end }}", "xs,y")]
    [InlineData("{{ x = a }}{{ x + x }}", "a")]
    [InlineData("{{ capture x }}{{ a }}{{ end }}{{ x }}", "a")]
    [InlineData("{{ if a == 1 }}{{ b }}{{ else if c }}{{ d }}{{ else }}{{ e }}{{ end }}", "a,b,c,d,e")]
    [InlineData("{{ date }}", "date")]
    [InlineData("{{ names | array.each @string.upcase }}", "names")]
    [InlineData("{{ # a }}{{ b }}", "b")]
    public void Variables_are_the_names_bound_nowhere_else_in_order_of_first_use(string text, string expected) =>
        string.Join(',', Engine.Compile(text).Variables).Should().Be(expected);

    [Fact]
    public void A_variable_may_have_the_name_of_a_group_of_functions() => Engine.Compile("{{ date }}").Evaluate(["today"]).Should().Be(Value.From("today"));

    [Fact]
    public void A_name_is_not_both_a_variable_and_a_word_of_the_language() =>
        FluentActions.Invoking(() => Engine.Compile("{{ date }} {{ date.now }}")).Should().Throw<TemplateException>().WithMessage("*a word of the language here*");

    [Fact]
    public void A_variable_that_the_template_sets_later_is_an_error_that_tells_where()
    {
        var error = FluentActions.Invoking(() => Engine.Compile("a\n  {{ x }}{{ x = 1 }}").Evaluate([])).Should().Throw<TemplateException>().Which;

        (error.Line, error.Column).Should().Be((2, 6));
    }

    [Fact]
    public void A_list_in_a_text_is_whole() => Engine.Compile("it is {{ xs }}").Evaluate([ValueList.Create([1, "a", Value.Null, ValueList.Create([true])])])
        .Should().Be(Value.From("it is [1, \"a\", null, [true]]"));

    [Fact]
    public void A_loop_and_its_own_variables_work() =>
        Engine.Compile("{{ total = 0; for x in xs; total = total + x; end; total }}").Evaluate([ValueList.Create([1, 2, 3])]).Should().Be(Value.From("6"));
}
