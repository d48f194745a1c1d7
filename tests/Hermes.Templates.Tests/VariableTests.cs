using Hermes.Abstractions.Data;

namespace Hermes.Templates.Tests;

public sealed class VariableTests
{
    private static readonly JinjaTemplateEngine Engine = new();

    [Theory]
    [InlineData("{{ a }}", "a")]
    [InlineData("{{ a ~ b ~ a }}", "a,b")]
    [InlineData("{{ b | lower }}-{{ a }}", "b,a")]
    [InlineData("{{ 'a' | lower }}", "")]
    [InlineData("{{ lower | lower }}", "lower")]
    [InlineData("{{ x is defined and y is in z }}", "x,y,z")]
    [InlineData("{{ a.b.c[d] }}", "a,d")]
    [InlineData("{{ a.upper() }}", "a")]
    [InlineData("{{ a | replace(b, new=c) | map(attribute=d) }}", "a,b,c,d")]
    [InlineData("{{ [a, {b: c}] }}", "a,b,c")]
    [InlineData("{{ a[b:c:d] }}", "a,b,c,d")]
    [InlineData("{{ a if b else c }}", "a,b,c")]
    [InlineData("{{ range(n) }}", "n")]
    [InlineData("{{ dict(key=n) }}", "n")]
    [InlineData("{{ range }}", "range")]
    [InlineData("{{ true and None }}", "")]
    [InlineData("{# {{ a }} #}{{ b }}", "b")]
    [InlineData("a {{ '{{ c }}' }} b", "")]
    [InlineData("{{ _SELF.user_id in Users_pkeys and _SELF.group_id in Groups_pkeys }}", "_SELF,Users_pkeys,Groups_pkeys")]
    [InlineData("{{ é }}{{ 名前 }}", "é,名前")]
    public void Variables_are_the_names_bound_nowhere_else_in_order_of_first_use(string text, string expected)
    {
        string.Join(',', Engine.Compile(text).Variables).Should().Be(expected);
    }

    [Theory]
    [InlineData("{{ s.a ~ s.b ~ s.a }}", "a,b")]
    [InlineData("{{ s['a'] ~ s.b.c }}", "a,b")]
    [InlineData("{{ s.get('a', s.b) }}", "a,b")]
    [InlineData("{{ s.a | lower }} {{ s.c is defined }}", "a,c")]
    [InlineData("{{ other.a }}", "")]
    public void Members_of_a_variable_are_listed(string text, string expected)
    {
        string.Join(',', Engine.Compile(text).MembersOf("s")!.Order(StringComparer.Ordinal)).Should().Be(expected);
    }

    [Theory]
    [InlineData("{{ s }}")]
    [InlineData("{{ s.a ~ s[b] }}")]
    [InlineData("{{ s.a in s }}")]
    [InlineData("{{ s | length }}{{ s.a }}")]
    [InlineData("{{ s.get(b) }}")]
    public void Members_of_a_variable_that_is_used_as_a_whole_are_not_known(string text)
    {
        Engine.Compile(text).MembersOf("s").Should().BeNull();
    }

    [Fact]
    public void Values_are_given_in_the_order_of_the_variables()
    {
        Engine.Compile("{{ b ~ a }}").Evaluate(["x", "y"]).Should().Be(Value.From("xy"));
    }

    [Fact]
    public void Another_number_of_values_than_of_variables_is_a_mistake_of_the_caller()
    {
        Engine.Compile("{{ a }}").Invoking(template => template.Evaluate([])).Should().Throw<ArgumentException>();
    }

    [Fact]
    public void A_template_knows_whether_it_is_one_expression()
    {
        Engine.Compile("{{ a }}").IsExpression.Should().BeTrue();
        Engine.Compile("{{ a }}{# comment #}\n").IsExpression.Should().BeTrue();
        Engine.Compile(" {{ a }}").IsExpression.Should().BeFalse();
        Engine.Compile("a").IsExpression.Should().BeFalse();
        Engine.Compile("{{ a }}").Text.Should().Be("{{ a }}");
    }

    [Fact]
    public void A_template_may_be_evaluated_from_several_threads()
    {
        var template = Engine.Compile("{{ [a, a + 1] | map('string') | join('-') }}");

        Parallel.For(0, 10_000, i => template.Evaluate([i]).Should().Be(Value.From($"{i}-{i + 1}")));
    }

    [Theory]
    [InlineData("{{ x in keys }}")]
    [InlineData("{{ x not in keys }}")]
    [InlineData("{{ not x in keys }}")]
    [InlineData("{{ x in (keys) }}")]
    [InlineData("{{ ((x in ((keys)))) and (y not in keys) }}")]
    [InlineData("{{ x in keys or keys_of_another | length > 3 }}")]
    [InlineData("{{ (x in keys) == true }}")]
    [InlineData("{{ (x in keys) | string }}")]
    [InlineData("{{ 1 < 2 in keys }}")]
    [InlineData("{{ x is in(keys) }}")]
    [InlineData("{{ x is not in keys }}")]
    [InlineData("{{ x in (keys if y else other) }}")]
    [InlineData("{{ 'yes' if x in keys else 'no' }}")]
    [InlineData("{{ x | upper in keys }}")]
    [InlineData("{{ [x, y] in keys }}")]
    [InlineData("{{ 'keys' }}{{ x in\n keys }}")]
    [InlineData("a {{ x in keys }} b {# keys #}")]
    [InlineData("{{ other }}")]
    public void A_variable_that_is_only_asked_what_is_in_it_is_told_apart(string text)
    {
        Engine.Compile(text).AsksOnlyWhatIsIn("keys").Should().BeTrue();
    }

    [Theory]
    [InlineData("{{ keys }}")]
    [InlineData("{{ x in keys | list }}")]
    [InlineData("{{ x in keys | length }}")]
    [InlineData("{{ x in (keys | reject('==', y)) }}")]
    [InlineData("{{ x in keys and keys | length > 3 }}")]
    [InlineData("{{ x in keys == true }}")]
    [InlineData("{{ x in keys in other }}")]
    [InlineData("{{ keys in other }}")]
    [InlineData("{{ x in keys[0] }}")]
    [InlineData("{{ x in keys.first }}")]
    [InlineData("{{ x in keys.values() }}")]
    [InlineData("{{ x in [keys] }}")]
    [InlineData("{{ x in keys ~ '' }}")]
    [InlineData("{{ x in (keys or other) }}")]
    [InlineData("{{ x in (other if keys else other) }}")]
    [InlineData("{{ keys is defined and x in keys }}")]
    [InlineData("{{ x in keys }}{{ keys.size }}")]
    [InlineData("{{ other | select('in', keys) | list }}")]
    public void A_variable_that_is_used_in_any_other_way_is_not(string text)
    {
        Engine.Compile(text).AsksOnlyWhatIsIn("keys").Should().BeFalse();
    }

    [Theory]
    [InlineData("{{ a }}", true)]
    [InlineData("a {{ b }} c", true)]
    [InlineData("{{ unfinished", true)]
    [InlineData("{% if a %}", true)]
    [InlineData("{# nothing #}", true)]
    [InlineData("", false)]
    [InlineData("mail", false)]
    [InlineData("{ mail }", false)]
    public void A_text_with_marks_is_meant_as_a_template(string text, bool expected)
    {
        Engine.IsTemplate(text).Should().Be(expected);
    }
}
