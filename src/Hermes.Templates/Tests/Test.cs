using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Tests;

/// <summary>A test of the language: what follows <c>is</c>.</summary>
internal sealed record Test(string Name, Signature Parameters, Predicate Predicate)
{
    /// <summary>All tests of the language.</summary>
    public static IEnumerable<Test> All => [.. KindTests.All, .. ComparisonTests.All, .. RegexTests.All];

    public BoundTest Bind(CallArguments arguments, int position, ExpressionCompiler compiler) =>
        new(Predicate, Parameters.Bind($"The test '{Name}'", arguments, position, compiler.Compile));
}

/// <summary>Tests of what a value is.</summary>
internal static class KindTests
{
    public static IEnumerable<Test> All =>
    [
        new("defined", [], static (ref _, input, _) => !Kinds.IsUndefined(input)),
        new("undefined", [], static (ref _, input, _) => Kinds.IsUndefined(input)),
        new("none", [], static (ref _, input, _) => input.IsNull),
        new("boolean", [], static (ref _, input, _) => input.Kind == ValueKind.Boolean),
        new("true", [], static (ref _, input, _) => input == true),
        new("false", [], static (ref _, input, _) => input == false),
        new("integer", [], static (ref _, input, _) => input.Kind == ValueKind.Integer),
        new("float", [], static (ref _, input, _) => input.Kind == ValueKind.Double),
        new("number", [], static (ref _, input, _) => Kinds.IsNumber(input)),
        new("string", [], static (ref _, input, _) => input.Kind == ValueKind.String),
        new("mapping", [], static (ref _, input, _) => input.Kind == ValueKind.Map),
        new("sequence", [], static (ref _, input, _) => input.Kind is ValueKind.String or ValueKind.List or ValueKind.Map or ValueKind.Bytes
            || (input.Kind == ValueKind.Object && input.AsObject().Items is not null)),
        new("iterable", [], static (ref _, input, _) => Sequence.IsIterable(Kinds.Defined(input))),
        new("lower", [], static (ref frame, input, _) =>
            HasOneCase(PythonText.Str(ref frame, input), CaseMapping.IsLower, CaseMapping.IsUpper)),
        new("upper", [], static (ref frame, input, _) =>
            HasOneCase(PythonText.Str(ref frame, input), CaseMapping.IsUpper, CaseMapping.IsLower)),
    ];

    /// <summary>Whether a text has letters of one case, and none of the other.</summary>
    public static bool HasOneCase(string text, Func<Rune, bool> wanted, Func<Rune, bool> unwanted)
    {
        var found = false;
        for (var i = 0; i < text.Length; i += CodePoints.LengthAt(text, i))
        {
            var rune = CodePoints.RuneAt(text, i);
            if (unwanted(rune) || Rune.GetUnicodeCategory(rune) == System.Globalization.UnicodeCategory.TitlecaseLetter)
                return false;
            found |= wanted(rune);
        }

        return found;
    }
}

/// <summary>Tests that compare with an argument, and tests of numbers.</summary>
internal static class ComparisonTests
{
    public static IEnumerable<Test> All =>
    [
        .. Aliases(static (ref frame, input, arguments) => Equality.AreEqual(input, arguments[0], ref frame), "eq", "equalto", "=="),
        .. Aliases(static (ref frame, input, arguments) => !Equality.AreEqual(input, arguments[0], ref frame), "ne", "!="),
        .. Aliases(
            static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame) < 0,
            "lt", "lessthan", "<"),
        .. Aliases(static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame) <= 0, "le", "<="),
        .. Aliases(
            static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame) > 0,
            "gt", "greaterthan", ">"),
        .. Aliases(static (ref frame, input, arguments) => Ordering.Compare(input, arguments[0], ref frame) >= 0, "ge", ">="),
        new("in", ["seq"], static (ref frame, input, arguments) => Membership.Contains(ref frame, arguments[0], input)),
        new("sameas", ["other"], static (ref frame, input, arguments) =>
            input.Kind == arguments[0].Kind && (Kinds.IsUndefined(input) || Equality.AreEqual(input, arguments[0], ref frame))),
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
