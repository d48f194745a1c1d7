using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class PlainJsonTests
{
    [Fact]
    public void Values_are_written_as_other_programs_expect_them()
    {
        var value = ValueMap.Create(
        [
            new("b", true), new("i", 42), new("d", 0.5), new("m", 1.50m), new("s", "é \"quoted\" <b>"), new("t", new DateTime(2024, 2, 29, 12, 34, 56)),
            new("x", Value.From([1, 2, 255])), new("l", ValueList.Create([1, "a", Value.Null])), new("n", Value.Null),
        ]);

        PlainJson.ToText(value).Should().Be(
            """{"b":true,"i":42,"d":0.5,"m":1.50,"s":"é \"quoted\" <b>","t":"2024-02-29T12:34:56","x":"AQL/","l":[1,"a",null],"n":null}""");
    }

    [Theory]
    [InlineData("9223372036854775807", ValueKind.Integer)]
    [InlineData("-0", ValueKind.Integer)]
    [InlineData("9223372036854775808", ValueKind.Decimal)]
    [InlineData("1.0", ValueKind.Integer)]
    [InlineData("1e3", ValueKind.Integer)]
    [InlineData("1e-40", ValueKind.Double)]
    [InlineData("1e300", ValueKind.Double)]
    [InlineData("0.1", ValueKind.Double)]
    [InlineData("0.12345678901234567890123", ValueKind.Decimal)]
    [InlineData("\"42\"", ValueKind.String)]
    [InlineData("null", ValueKind.Null)]
    [InlineData("[]", ValueKind.List)]
    [InlineData("{}", ValueKind.Map)]
    public void Numbers_and_texts_are_read_without_losing_a_digit(string json, ValueKind kind)
    {
        using var document = JsonDocument.Parse(json);

        PlainJson.Read(document.RootElement).Kind.Should().Be(kind);
    }

    [Theory]
    [InlineData("1e999")]
    [InlineData("99999999999999999999999999999999999999999")]
    [InlineData("""{"a":1,"a":2}""")]
    public void What_does_not_fit_is_refused(string json)
    {
        using var document = JsonDocument.Parse(json);
        var read = () => PlainJson.Read(document.RootElement);

        read.Should().Throw<FormatException>();
    }

    [Fact]
    public void What_was_written_is_read_again()
    {
        var value = Value.From(ValueMap.Create([new("l", ValueList.Create([1, 0.1, "a", ValueMap.Create([new("x", false)])])), new("big", 12345678901234567890m)]));
        using var document = JsonDocument.Parse(PlainJson.ToText(value));

        PlainJson.Read(document.RootElement).Should().Be(value);
    }
}
