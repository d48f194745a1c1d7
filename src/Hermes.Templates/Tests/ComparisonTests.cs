using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Tests;

/// <summary>Tests that compare with an argument, and tests of numbers.</summary>
internal static class ComparisonTests
{
    public static IEnumerable<Test> All =>
    [
        .. Aliases(static (ref frame, input, arguments) => Equality.AreEqual(input, arguments[0], ref frame.Steps), "eq", "equalto", "=="),
        .. Aliases(static (ref frame, input, arguments) => !Equality.AreEqual(input, arguments[0], ref frame.Steps), "ne", "!="),
        .. Aliases(
            static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame.Steps) < 0,
            "lt", "lessthan", "<"),
        .. Aliases(static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame.Steps) <= 0, "le", "<="),
        .. Aliases(
            static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame.Steps) > 0,
            "gt", "greaterthan", ">"),
        .. Aliases(static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame.Steps) >= 0, "ge", ">="),
        new("in", ["seq"], static (ref frame, input, arguments) => Membership.Contains(ref frame, arguments[0], input)),
        new("sameas", ["other"], static (ref _, input, arguments) => input == arguments[0]),
        new("divisibleby", ["num"], static (ref frame, input, arguments) => Remainder(ref frame, input, arguments[0]) == 0),
        new("even", [], static (ref frame, input, _) => Remainder(ref frame, input, 2) == 0),
        new("odd", [], static (ref frame, input, _) => Remainder(ref frame, input, 2) == 1),
    ];

    private static IEnumerable<Test> Aliases(Predicate predicate, params IEnumerable<string> names) =>
        names.Select(name => new Test(name, ["other"], predicate));

    private static double Remainder(ref Frame frame, Value input, Value divisor) => Kinds.IsNumber(Kinds.Defined(input))
        ? Numbers.ToDouble(Arithmetic.For(Syntax.BinaryOperator.Modulo)(ref frame, input, new ReadOnlySpan<Value>(in divisor)))
        : throw new TemplateFault($"A number is needed here, not {Kinds.Describe(input)}");
}
