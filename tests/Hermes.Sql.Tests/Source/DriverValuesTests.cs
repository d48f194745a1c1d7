using Hermes.Abstractions.Data;
using Hermes.Sql.Source;

namespace Hermes.Sql.Tests.Source;

public sealed class DriverValuesTests
{
    [Fact]
    public void A_whole_decimal_is_an_integer_if_it_fits()
    {
        DriverValues.Whole(42m).Should().Be(Value.From(42));
        DriverValues.Whole(long.MinValue).Should().Be(Value.From(long.MinValue));
        DriverValues.Whole(9223372036854775808m).Should().Be(Value.From(9223372036854775808m));
    }

    [Fact]
    public void Objects_without_a_value_are_refused()
    {
        foreach (var source in new object[] { new int[2, 2], new System.Collections.BitArray(3), double.NaN, ulong.MaxValue, new Uri("http://x") })
        {
            var convert = () => DriverValues.Convert(source);
            convert.Should().Throw<UnsupportedValueException>($"this is a {source.GetType()}");
        }
    }

    [Fact]
    public void Times_and_addresses_become_texts()
    {
        DriverValues.Convert(new TimeOnly(1, 2, 3, 40)).Should().Be(Value.From("01:02:03.04"));
        DriverValues.Convert(new TimeSpan(1, 2, 3, 4)).Should().Be(Value.From("1.02:03:04"));
        DriverValues.Convert(System.Net.IPAddress.Loopback).Should().Be(Value.From("127.0.0.1"));
        DriverValues.Convert(new DateTimeOffset(2024, 1, 1, 1, 0, 0, TimeSpan.FromHours(2))).Should().Be(Value.From(new DateTime(2023, 12, 31, 23, 0, 0)));
        DriverValues.Convert(new[] { "a", null! }).Should().Be(Value.From(ValueList.Create(["a", Value.Null])));
    }
}
