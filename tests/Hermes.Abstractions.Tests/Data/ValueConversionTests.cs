using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class ValueConversionTests
{
    [Fact]
    public void Objects_of_drivers_become_values()
    {
        (object? Source, Value Expected)[] cases =
        [
            (null, Value.Null), (DBNull.Value, Value.Null), ((byte)1, 1), ((short)-2, -2), (3u, 3), (4ul, 4), (1.5f, 1.5), (2.5, 2.5), (9.99m, 9.99m),
            ("x", "x"), (true, true), (new DateOnly(2024, 2, 29), new DateTime(2024, 2, 29)),
            (new DateTimeOffset(2024, 5, 1, 12, 0, 0, TimeSpan.FromHours(2)), new DateTime(2024, 5, 1, 10, 0, 0)), (new byte[] { 7 }, new byte[] { 7 }),
            (new object?[] { 1, "a", null }, ValueList.Create([1, "a", Value.Null])),
            (new Dictionary<string, object> { ["a"] = 1 }, ValueMap.Create([new("a", 1)])),
        ];

        foreach (var (source, expected) in cases)
        {
            ValueConversion.TryConvert(source, out var value).Should().BeTrue(source?.GetType().Name);
            value.Should().Be(expected);
        }
    }

    [Fact]
    public void Any_other_type_and_numbers_that_cannot_be_held_are_refused()
    {
        object[] sources =
        [
            Guid.Empty, TimeSpan.Zero, 'c', new object(), ulong.MaxValue, double.NaN, float.PositiveInfinity, new object[] { Guid.Empty },
            new Dictionary<int, string> { [1] = "x" }, DayOfWeek.Monday,
        ];

        foreach (var source in sources)
            ValueConversion.TryConvert(source, out _).Should().BeFalse(source.GetType().Name);
    }
}
