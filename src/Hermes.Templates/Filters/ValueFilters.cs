using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters for values of all kinds.</summary>
internal static class ValueFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("default", [Optional("default_value", ""), Optional("boolean", false)], Default),
        new("d", [Optional("default_value", ""), Optional("boolean", false)], Default),
        new("attr", ["name"], Attribute),
        new("tojson", [Optional("indent", Value.Null)], Json.Write),
        new("pprint", [], PrettyText.Write),
    ];

    /// <summary>Unlike in Jinja, replaces none as well: a column without a value is none, and this is how one is dealt with.</summary>
    private static Value Default(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) =>
        Kinds.IsUndefined(input) || input.IsNull || (Truth.Of(arguments[1]) && !Truth.Of(input)) ? arguments[0] : input;

    /// <summary>As in Jinja, takes attributes only, not the items of a dictionary.</summary>
    private static Value Attribute(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) => input.Kind == ValueKind.Map
        ? Value.Undefined
        : Access.MemberByValue(input, PythonText.Str(ref frame, arguments[0]));
}
