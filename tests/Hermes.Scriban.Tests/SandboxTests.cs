using System.Diagnostics;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Scriban.Tests;

public sealed class SandboxTests
{
    private static readonly ScribanLimits Small = new() { MaxIterations = 1000, MaxTextLength = 10_000, MaxTime = TimeSpan.FromSeconds(2) };

    [Theory]
    [InlineData("{{ include 'file' }}", "include")]
    [InlineData("{{ import a }}", "import")]
    [InlineData("{{ with a }}{{ b }}{{ end }}", "with")]
    [InlineData("{{ func f(x) }}{{ x }}{{ end }}", "function")]
    [InlineData("{{ while true }}x{{ end }}", "while")]
    [InlineData("{{ a.b = 1 }}", "Only a variable of the template's own")]
    [InlineData("{{ (x = 1) + x }}", "only allowed for a top level assignment")]
    [InlineData("{{ a[0] = 1 }}", "Only a variable of the template's own")]
    [InlineData("{{ 'a' | nothing }}", "There is no function 'nothing'")]
    [InlineData("{{ object.eval '1 + 1' }}", "There is no function 'object.eval'")]
    [InlineData("{{ '{{ 1 }}' | object.eval_template }}", "There is no function 'object.eval_template'")]
    public void What_reaches_beyond_the_variables_is_refused(string text, string reason) =>
        FluentActions.Invoking(() => Evaluate(text)).Should().Throw<TemplateException>().Which.Reason.Should().Contain(reason);

    [Theory]
    [InlineData("{{ for i in 1..2000 }}x{{ end }}")]
    [InlineData("{{ for i in 1..900 }}{{ for j in 1..900 }}{{ end }}{{ end }}")]
    [InlineData("{{ 1..100000000 | array.size }}")]
    [InlineData("{{ x = 'aaaaaaaaaa' }}{{ for i in 1..40 }}{{ x = x + x }}{{ end }}{{ x }}")]
    [InlineData("{{ x = [1] }}{{ for i in 1..40 }}{{ x = x | array.concat x }}{{ end }}{{ x | array.size }}")]
    [InlineData("{{ x = [1] }}{{ for i in 1..40 }}{{ x = [x, x] }}{{ end }}{{ x }}")]
    [InlineData("{{ [1] * 900000000 | array.size }}")]
    [InlineData("{{ [1..900, 1..900, 1..900, 1..900, 1..900, 1..900, 1..900, 1..900, 1..900, 1..900, 1..900, 1..900] }}")]
    [InlineData("{{ 2 << 100000000 }}")]
    [InlineData("{{ 'x' | string.pad_left 100000000 }}")]
    [InlineData("{{ for i in 1..1000 }}{{ 'xxxxxxxxxxxxxxxxxxxxxxx' }}{{ end }}")]
    [InlineData("{{ 'aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa!' | regex.match '^(a+)+$' }}")]
    public void A_template_that_costs_too_much_is_stopped(string text)
    {
        var watch = Stopwatch.StartNew();

        FluentActions.Invoking(() => Evaluate(text)).Should().Throw<TemplateException>();

        watch.Elapsed.Should().BeLessThan(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public void Deep_nesting_is_refused() =>
        FluentActions.Invoking(() => Evaluate("{{ " + new string('(', 5000) + "1" + new string(')', 5000) + " }}")).Should().Throw<TemplateException>();

    [Theory]
    [InlineData("{{ a.Length }}")]
    [InlineData("{{ a.GetType }}")]
    [InlineData("{{ t.Ticks }}")]
    [InlineData("{{ b.Value }}")]
    public void Nothing_of_the_platform_is_shown(string text)
    {
        var template = new ScribanTemplateEngine([], Small).Compile(text);
        var value = text.Contains(" t", StringComparison.Ordinal) ? Value.From(DateTime.UnixEpoch) : text.Contains(" b", StringComparison.Ordinal) ? Value.From([1]) : "x";

        FluentActions.Invoking(() => template.Evaluate([value])).Should().Throw<TemplateException>();
    }

    private static Value Evaluate(string text)
    {
        var template = new ScribanTemplateEngine([], Small).Compile(text);
        return template.Evaluate([.. template.Variables.Select(_ => Value.From(ValueList.Create([1, 2])))]);
    }
}
