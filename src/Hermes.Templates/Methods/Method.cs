using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>A method of one kind of values: <c>name.upper()</c>.</summary>
internal abstract record Method(ValueKind Kind, string Name)
{
    /// <summary>All methods of the language.</summary>
    public static IEnumerable<Method> All =>
    [
        .. TextMethods.All,
        .. SplitMethods.All,
        .. SearchMethods.All,
        .. ClassMethods.All,
        .. ListMethods.All,
        .. DictionaryMethods.All,
        .. DateTimeMethods.All,
        .. BytesMethods.All,
        new StringFormatMethod(),
    ];

    /// <exception cref="TemplateFault">The arguments do not fit.</exception>
    public abstract BoundOperation Bind(MethodCall call, Func<Expression, Evaluator> compile);
}

/// <summary>A method with fixed parameters.</summary>
internal sealed record FixedMethod(ValueKind Kind, string Name, Signature Parameters, Operation Operation) : Method(Kind, Name)
{
    public override BoundOperation Bind(MethodCall call, Func<Expression, Evaluator> compile) =>
        new(Operation, Parameters.Bind($"The method '{Name}'", call.Arguments, call.Position, compile));
}

/// <summary>Methods of bytes.</summary>
internal static class BytesMethods
{
    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.Bytes, "decode", [Optional("encoding", "utf-8")], static (ref frame, target, arguments) =>
            Encodings.Decode(ref frame, target.AsBytes().Span, Arguments.Text(arguments[0], "The encoding"))),
        new FixedMethod(ValueKind.Bytes, "hex", [], static (ref frame, target, _) =>
        {
            frame.AllocateText(2 * target.AsBytes().Length);
            return Convert.ToHexStringLower(target.AsBytes().Span);
        }),
    ];
}

/// <summary>Methods of dates and times, named as in Python.</summary>
internal static class DateTimeMethods
{
    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.DateTime, "strftime", ["format"], static (ref frame, target, arguments) =>
            DateTimeFormat.Apply(ref frame, target.AsDateTime(), Arguments.Text(arguments[0], "The format"))),
        new FixedMethod(ValueKind.DateTime, "isoformat", [Optional("sep", "T")], static (ref _, target, arguments) =>
            Arguments.Letter(arguments[0]) is [var separator]
                ? PythonText.DateTimeText(target.AsDateTime(), separator)
                : throw new TemplateFault("The separator must be one character")),
        new FixedMethod(ValueKind.DateTime, "weekday", [], static (ref _, target, _) => ((int)target.AsDateTime().DayOfWeek + 6) % 7),
        new FixedMethod(ValueKind.DateTime, "isoweekday", [], static (ref _, target, _) =>
            (((int)target.AsDateTime().DayOfWeek + 6) % 7) + 1),
    ];
}
