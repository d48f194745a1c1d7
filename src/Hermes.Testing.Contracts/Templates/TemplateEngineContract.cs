using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Testing.Contracts.Templates;

/// <summary>What every template engine must do, whatever its language: inherit it, and say the templates in that language.</summary>
public abstract class TemplateEngineContract(TemplateSentences sentences)
{
    /// <summary>Makes an engine that knows a filter.</summary>
    protected abstract ITemplateEngine Create(IAttributeFilter filter);

    [ContractFact]
    public void A_template_that_is_one_expression_keeps_the_type_of_its_value()
    {
        Value[] values =
        [
            true, 42, 1.5, 12.50m, "042", "", new DateTime(2024, 2, 29, 12, 30, 0), Value.From([1, 2]), ValueList.Create([1, "a"]),
            ValueMap.Create([KeyValuePair.Create("x", Value.From(1L))]), long.MaxValue,
        ];
        var template = Compile(sentences.Variable);

        template.IsExpression.Should().BeTrue();
        foreach (var value in values)
            template.Evaluate([value]).Should().Be(value);
    }

    [ContractFact]
    public void A_list_stays_a_list_and_a_text_of_digits_a_text() =>
        Compile(sentences.List).Evaluate([]).Should().Be(Value.From(ValueList.Create([1, 2, "042"])));

    [ContractFact]
    public void Text_with_expressions_yields_a_text()
    {
        var template = Compile(sentences.Mixed);

        template.IsExpression.Should().BeFalse();
        template.Evaluate([41]).Should().Be(Value.From("Hello 41!"));
    }

    [ContractFact]
    public void Text_alone_stands_for_itself()
    {
        Engine().IsTemplate("first_name").Should().BeFalse();
        Engine().IsTemplate(sentences.Variable).Should().BeTrue();
        Compile("042").Evaluate([]).Should().Be(Value.From("042"));
    }

    [ContractFact]
    public void Numbers_are_added() => Compile(sentences.Sum).Evaluate([40, 2]).Should().Be(Value.From(42L));

    [ContractFact]
    public void Variables_are_known_before_and_come_in_the_order_of_their_first_use()
    {
        var template = Compile(sentences.Joined);

        template.Variables.Should().Equal("b", "a");
        template.Evaluate(["x", "y"]).Should().Be(Value.From("xyx"));
    }

    [ContractFact]
    public void Functions_are_no_variables()
    {
        Compile(sentences.Upper).Variables.Should().Equal("a");
        Compile(sentences.Upper).Evaluate(["zoé"]).Should().Be(Value.From("ZOÉ"));
    }

    [ContractFact]
    public void What_is_not_set_stays_so_or_is_replaced()
    {
        Compile(sentences.Variable).Evaluate([Value.Undefined]).IsSet.Should().BeFalse();
        Compile(sentences.Default).Evaluate([Value.Undefined]).Should().Be(Value.From("none"));
        Compile(sentences.Default).Evaluate(["some"]).Should().Be(Value.From("some"));
    }

    [ContractFact]
    public void Members_that_are_read_are_known_before()
    {
        var entry = ValueMap.Create([KeyValuePair.Create("x", Value.From("1")), KeyValuePair.Create("y", Value.From("2"))]);

        Compile(sentences.Members).MembersOf("a").Should().BeEquivalentTo("x", "y");
        Compile(sentences.Members).Evaluate([entry]).Should().Be(Value.From("12"));
        Compile(sentences.ComputedMember).MembersOf("a").Should().BeNull();
        Compile(sentences.Variable).MembersOf("a").Should().BeNull();
        Compile(sentences.Variable).MembersOf("other").Should().BeEmpty();
    }

    [ContractFact]
    public void An_object_is_asked_what_is_in_it_and_not_walked_through()
    {
        var keys = new AskedKeys("ann");
        var template = Compile(sentences.In);

        template.Variables.Should().BeEquivalentTo("a", "keys");
        template.AsksOnlyWhatIsIn("keys").Should().BeTrue();
        template.AsksOnlyWhatIsIn("a").Should().BeFalse();
        Evaluate(template, ("a", "ann"), ("keys", Value.From(keys))).Should().Be(Value.From(true));
        Evaluate(template, ("a", "eve"), ("keys", Value.From(keys))).Should().Be(Value.From(false));
        keys.Asked.Should().Be(2);
    }

    [ContractFact]
    public void A_choice_is_made()
    {
        Compile(sentences.Choice).Evaluate([2]).Should().Be(Value.From("yes"));
        Compile(sentences.Choice).Evaluate([1]).Should().Be(Value.From("no"));
    }

    [ContractFact]
    public void Filters_of_the_host_are_called() => Compile(sentences.Filter).Evaluate(["hello"]).Should().Be(Value.From("HELLO!"));

    [ContractFact]
    public void A_filter_that_refuses_is_told_with_its_reason() =>
        FluentActions.Invoking(() => Compile(sentences.Filter).Evaluate([1])).Should().Throw<TemplateException>().WithMessage("*only texts are shouted*");

    [ContractFact]
    public void A_text_that_does_not_parse_is_told_with_its_line()
    {
        var error = FluentActions.Invoking(() => Compile(sentences.Broken)).Should().Throw<TemplateException>().Which;

        error.Line.Should().Be(2);
        error.Column.Should().BeGreaterThan(1);
        error.Template.Should().Be(sentences.Broken);
    }

    [ContractFact]
    public void An_evaluation_that_fails_is_told_with_its_line_and_without_the_values()
    {
        var error = FluentActions.Invoking(() => Compile(sentences.Division).Evaluate([ValueList.Create(["top-secret"]), "pass-word"]))
            .Should().Throw<TemplateException>().Which;

        error.Line.Should().Be(2);
        error.ToString().Should().NotContain("secret").And.NotContain("pass-word");
    }

    [ContractFact]
    public void Evaluations_on_several_threads_do_not_meet()
    {
        var template = Compile(sentences.Sum);

        Parallel.For(0, 1000, i => template.Evaluate([i, 1]).Should().Be(Value.From(i + 1L)));
    }

    private static Value Evaluate(ITemplate template, params (string Name, Value Value)[] variables) =>
        template.Evaluate([.. template.Variables.Select(name => variables.Single(variable => variable.Name == name).Value)]);

    private ITemplateEngine Engine() => Create(new ShoutFilter());

    private ITemplate Compile(string text) => Engine().Compile(text);

    private sealed class ShoutFilter : IAttributeFilter
    {
        public string Name => "shout";

        public Value Apply(Value input, FilterArguments arguments) => input.Kind == ValueKind.String
            ? input.AsString().ToUpperInvariant() + arguments.Get(0, "mark", "").AsString()
            : throw new ArgumentException("only texts are shouted");
    }

    private sealed class AskedKeys(params string[] keys) : TemplateObject
    {
        public int Asked { get; private set; }

        public override string Description => "the keys of the test";

        public override bool? Contains(Value item)
        {
            Asked++;
            return item.Kind == ValueKind.String && keys.Contains(item.AsString());
        }
    }
}
