using System.Collections.Immutable;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Compilation;

/// <summary>A test with its compiled arguments.</summary>
internal sealed record BoundTest(Predicate Predicate, ImmutableArray<Evaluator> Arguments)
{
    public Operation AsOperation()
    {
        var predicate = Predicate;
        return (ref frame, input, arguments) => predicate(ref frame, input, arguments);
    }
}
