using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Methods;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>Binds a method call to each kind of value that has a method of this name; which one is meant shows when it is evaluated.</summary>
internal static class MethodCalls
{
    /// <exception cref="TemplateFault">The arguments fit none of the methods.</exception>
    public static BoundOperation Bind(IReadOnlyList<Method> candidates, MethodCall call, Func<Expression, Evaluator> compile)
    {
        var fitting = new List<Candidate>();
        var arguments = ImmutableArray.CreateBuilder<Evaluator>();
        TemplateFault? misfit = null;
        foreach (var method in candidates)
        {
            try
            {
                var (operation, given) = method.Bind(call, compile);
                fitting.Add(new Candidate(method.Kind, operation, arguments.Count, given.Length));
                arguments.AddRange(given);
            }
            catch (TemplateFault fault)
            {
                misfit = fault;
            }
        }

        return fitting.Count > 0 ? new BoundOperation(Select([.. fitting], call.MethodName), arguments.ToImmutable()) : throw misfit!;
    }

    private static Operation Select(Candidate[] candidates, string name) => (ref frame, target, arguments) =>
    {
        var kind = target.Kind;
        foreach (var candidate in candidates)
        {
            if (candidate.Kind == kind)
                return candidate.Operation(ref frame, target, arguments.Slice(candidate.Start, candidate.Count));
        }

        throw new TemplateFault($"{Kinds.Describe(Kinds.Defined(target))} has no method '{name}'");
    };

    /// <summary>A method, and which of the call's compiled arguments are its own.</summary>
    private readonly record struct Candidate(ValueKind Kind, Operation Operation, int Start, int Count);
}
