using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class EntryKeyTests
{
    [Fact]
    public void A_key_is_a_scalar_or_a_tuple_of_scalars()
    {
        EntryKey.Of(42).ToString().Should().Be("42");
        EntryKey.Of("g1", 7).ToString().Should().Be("(g1, 7)");
        EntryKey.Of("g1", 7).PartCount.Should().Be(2);
        EntryKey.Of("g1", 7)[1].Should().Be((Value)7);
    }

    [Fact]
    public void Order_and_type_of_the_parts_count()
    {
        EntryKey.Of("a", "b").Should().NotBe(EntryKey.Of("b", "a"));
        EntryKey.Of("1").Should().NotBe(EntryKey.Of(1));
        EntryKey.Of("a", 1).GetHashCode().Should().Be(EntryKey.Of("a", 1).GetHashCode());
    }

    [Fact]
    public void What_is_no_set_scalar_is_refused()
    {
        Value[] refused =
        [
            Value.Null, Value.Undefined, ValueList.Empty, ValueMap.Empty,
            ValueList.Create([1]), ValueList.Create([1, Value.Null]), ValueList.Create([1, ValueList.Create([1, 2])]),
        ];

        foreach (var value in refused)
            EntryKey.TryCreate(value, out _).Should().BeFalse(value.ToString());
        FluentActions.Invoking(() => EntryKey.Of(Value.Null)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => EntryKey.Of(1, Value.Null)).Should().Throw<ArgumentException>();
    }
}
