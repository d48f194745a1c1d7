using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class ValueTests
{
    /// <summary>Values that are all different from each other, two of each kind.</summary>
    private static readonly Value[] Distinct =
    [
        Value.Null, Value.Undefined, true, false, 1, 2, 1.0, 2.0, 1m, 2m, "1", "true", "", new DateTime(1), new DateTime(2), new byte[] { 1 }, Array.Empty<byte>(),
        ValueList.Empty, ValueList.Create([1]), ValueList.Create(["1"]), ValueList.Create([1, 1]), ValueMap.Empty, ValueMap.Create([new("a", 1)]),
        ValueMap.Create([new("a", "1")]), ValueMap.Create([new("b", 1)]),
    ];

    [Fact]
    public void Equality_is_type_strict()
    {
        for (var i = 0; i < Distinct.Length; i++)
        {
            for (var j = 0; j < Distinct.Length; j++)
                (Distinct[i] == Distinct[j]).Should().Be(i == j, $"{Distinct[i].Kind} {i} and {Distinct[j].Kind} {j}");
        }
    }

    [Fact]
    public void Equal_values_have_equal_hash_codes()
    {
        (Value, Value)[] pairs =
        [
            (new string('a', 3), "aaa"), (1.50m, 1.5m), (0.0, -0.0), (double.NaN, double.NaN), (new byte[] { 1, 2 }, new byte[] { 1, 2 }),
            (ValueList.Create([1, ValueList.Create(["x"])]), ValueList.Create([1, ValueList.Create(["x"])])),
            (ValueMap.Create([new("a", 1), new("b", 2)]), ValueMap.Create([new("b", 2), new("a", 1)])),
            (new DateTime(5, DateTimeKind.Utc), new DateTime(5, DateTimeKind.Local)),
        ];

        foreach (var (left, right) in pairs)
        {
            left.Should().Be(right);
            left.GetHashCode().Should().Be(right.GetHashCode(), left.Kind.ToString());
        }
    }

    [Fact]
    public void Only_null_undefined_and_empty_collections_are_not_set()
    {
        Distinct.Where(value => !value.IsSet).Should().Equal(Value.Null, Value.Undefined, ValueList.Empty, ValueMap.Empty);
        Value.From("").IsSet.Should().BeTrue("the empty text is a value");
        Value.From(Array.Empty<byte>()).IsSet.Should().BeTrue();
    }

    [Fact]
    public void Only_scalars_may_be_part_of_a_key()
    {
        Distinct.Where(value => value.IsScalar).Select(value => value.Kind).Distinct().Should().Equal(
            ValueKind.Boolean, ValueKind.Integer, ValueKind.Double, ValueKind.Decimal, ValueKind.String, ValueKind.DateTime, ValueKind.Bytes);
    }

    [Fact]
    public void Reading_a_value_as_another_kind_says_which_it_is()
    {
        var act = () => Value.From("1").AsInteger();

        act.Should().Throw<InvalidOperationException>().WithMessage("*String, not Integer*");
    }

    [Fact]
    public void A_value_takes_sixteen_bytes() => Unsafe.SizeOf<Value>().Should().Be(16);

    [Fact]
    public void The_kind_of_a_date_time_is_dropped_without_converting_it()
    {
        Value.From(new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Local)).AsDateTime().Should().Be(new DateTime(2024, 5, 1, 12, 0, 0, DateTimeKind.Unspecified));
    }
}
