using Hermes.Abstractions.Data;
using Hermes.Templates.Compilation;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

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
        .. CollectionMethods.All,
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
