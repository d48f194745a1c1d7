using Hermes.Abstractions.Data;
using Hermes.Sql.Target;

namespace Hermes.Sql.Tests.Target;

public sealed class HeldValuesTests
{
    private static readonly DateTime Noon = new(2024, 2, 29, 12, 0, 0);

    public static TheoryData<Value, Value> Same => new()
    {
        { true, 1 }, { false, 0 }, { true, "1" }, { 42, "42" }, { 42, 42m }, { "42", 42 }, { 1.5, 1.5m }, { 1.5, "1.5" }, { 0.1, 0.1m },
        { 1.0 / 3, 0.33333334 }, { 12345678901234567.25m, 12345678901234567.25m }, { 1e300, "1.0e+300" },
        { "Ann ", "Ann" }, { "C0FFEE00-0000-0000-0000-000000000001", "c0ffee00-0000-0000-0000-000000000001" },
        { Noon, "2024-02-29 12:00:00" }, { Noon, "2024-02-29T12:00" }, { "2024-02-29", Noon.Date }, { Noon, Noon.Date }, { Noon.AddMilliseconds(600), Noon },
        { Noon.AddMilliseconds(600), Noon.AddSeconds(1) }, { Noon.AddTicks(9), Noon }, { Noon.AddMilliseconds(5), Noon.AddMilliseconds(7) },
        { ValueList.Create(["a", 1]), "[ \"a\", 1.0 ]" }, { ValueMap.Create([new("b", 1), new("a", 2)]), """{"a":2,"b":1}""" },
        { ValueList.Create([1, "x"]), ValueList.Create(["1", "x"]) }, { Value.Null, ValueList.Empty },
    };

    public static TheoryData<Value, Value> Different => new()
    {
        { true, 0 }, { true, "true story" }, { 42, "42 a" }, { 42, 43 },
        { 1.5, 1.4m }, { 12345678901234567.25m, 12345678901234567.5m }, { long.MaxValue, (decimal)long.MaxValue - 1 },
        { "Ann", "Ann " }, { "ann", "Ann" }, { "1", true.ToString() }, { "", Value.Null }, { Value.Null, "" }, { Value.Null, 0 }, { false, Value.Null },
        { Noon, Noon.AddHours(1) }, { Noon, Noon.AddDays(-1) }, { Noon, "yesterday" }, { Noon, Noon.AddTicks(10) }, { Noon.AddSeconds(-1), Noon },
        { ValueList.Create(["a", "b"]), """["b","a"]""" }, { ValueList.Create(["a"]), "a" }, { ValueList.Create([1]), ValueList.Create([1, 1]) },
        { Value.From([1, 2]), Value.From([1, 3]) }, { Value.From([1]), "AQ==" },
    };

    [Theory]
    [MemberData(nameof(Same))]
    public void What_a_column_holds_in_its_own_form_is_what_it_was_given(Value given, Value held) => HeldValues.AreSame(given, held).Should().BeTrue();

    [Theory]
    [MemberData(nameof(Different))]
    public void Another_value_is_not(Value given, Value held) => HeldValues.AreSame(given, held).Should().BeFalse();
}
