using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.AttributeFilters;

namespace Hermes.Templates.Tests.AttributeFilters;

public sealed class RandomPasswordFilterTests
{
    [Fact]
    public void A_password_has_the_length_and_a_character_of_each_class()
    {
        for (var i = 0; i < 200; i++)
        {
            var password = Evaluate("{{ 8 | random_password(['ab', '12', '!?']) }}").AsString();

            password.Should().HaveLength(8).And.MatchRegex("^[ab12!?]+$");
            password.Should().MatchRegex("[ab]").And.MatchRegex("[12]").And.MatchRegex("[!?]");
        }
    }

    [Fact]
    public void Passwords_differ()
    {
        Evaluate("{{ 24 | random_password }}").Should().NotBe(Evaluate("{{ 24 | random_password }}"));
    }

    [Theory]
    [InlineData("{{ 3 | random_password }}")]
    [InlineData("{{ 5000 | random_password }}")]
    [InlineData("{{ 'x' | random_password }}")]
    [InlineData("{{ 8 | random_password([]) }}")]
    [InlineData("{{ 8 | random_password(['']) }}")]
    public void What_makes_no_password_is_refused(string text)
    {
        FluentActions.Invoking(() => Evaluate(text)).Should().Throw<TemplateException>();
    }

    private static Value Evaluate(string text) => new JinjaTemplateEngine([new RandomPasswordFilter()]).Compile(text).Evaluate([]);
}
