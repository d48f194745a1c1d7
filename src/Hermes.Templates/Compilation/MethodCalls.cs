using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Methods;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>
/// Compiles a method call for each kind of value that has a method of this name. Which one is meant shows when it is evaluated; only the
/// arguments of that one are evaluated then.
/// </summary>
internal static class MethodCalls
{
    /// <exception cref="TemplateFault">The arguments fit none of the methods.</exception>
    public static Evaluator Compile(IReadOnlyList<Method> candidates, MethodCall call, Func<Expression, Evaluator> compile)
    {
        // Each argument is compiled once: where calls are nested, once per candidate would double with each level.
        var compiled = new Dictionary<Expression, Evaluator>(ReferenceEqualityComparer.Instance);
        Evaluator Once(Expression argument) =>
            compiled.TryGetValue(argument, out var known) ? known : compiled[argument] = compile(argument);

        var fitting = new List<(ValueKind Kind, BoundOperation Operation)>();
        TemplateFault? misfit = null;
        foreach (var method in candidates)
        {
            try
            {
                fitting.Add((method.Kind, method.Bind(call, Once)));
            }
            catch (TemplateFault fault)
            {
                misfit = fault;
            }
        }

        return fitting.Count > 0 ? Select(compile(call.Target), [.. fitting], call) : throw misfit!;
    }

    private static Evaluator Select(Evaluator target, (ValueKind Kind, BoundOperation Operation)[] candidates, MethodCall call)
    {
        return (ref frame, variables) =>
        {
            var value = target(ref frame, variables);
            var kind = value.Kind;
            foreach (var candidate in candidates)
            {
                if (candidate.Kind == kind)
                    return candidate.Operation.Invoke(ref frame, variables, value, call);
            }

            frame.Current = call;
            throw new TemplateFault($"{Kinds.Describe(Kinds.Defined(value))} has no method '{call.MethodName}'");
        };
    }
}
