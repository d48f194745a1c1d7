using System.Text.Json;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Tests.Cases;

public sealed class CaseTests
{
    private static readonly JinjaTemplateEngine Engine = new();
    private static readonly Dictionary<string, TemplateCase> Cases = CaseFile.ReadAll().ToDictionary(item => item.ToString());

    public static TheoryData<string> All => [.. Cases.Keys];

    [Theory]
    [MemberData(nameof(All))]
    public void Expression_yields_what_the_table_says(string name)
    {
        var item = Cases[name];
        if (item.Expected.StartsWith(TemplateCase.ErrorMark, StringComparison.Ordinal))
        {
            FluentActions.Invoking(() => item.Evaluate(Engine))
                .Should().Throw<TemplateException>()
                .Which.Reason.Should().Contain(item.Expected[TemplateCase.ErrorMark.Length..]);
            return;
        }

        var expected = TypedJson.Read(JsonDocument.Parse(item.Expected).RootElement);
        var actual = item.Evaluate(Engine);
        (Kind: actual.Kind, Value: actual).Should().Be((expected.Kind, expected));
    }

    [Fact]
    public void Table_has_at_least_600_expressions() => Cases.Count.Should().BeGreaterThanOrEqualTo(600);
}
