using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>Compiles comparisons. A chain stops at the first that is false, and evaluates each operand once.</summary>
internal static class Comparisons
{
    private delegate bool Relation(ref Frame frame, Value left, Value right);

    public static Evaluator Compile(Comparison comparison, Func<Expression, Evaluator> compile)
    {
        var first = compile(comparison.First);
        var links = comparison.Rest.Select(link => (Holds: RelationOf(link.Operator), Right: compile(link.Right))).ToArray();
        if (links is [var (holds, right)])
        {
            return (ref frame, variables) =>
            {
                var (a, b) = (first(ref frame, variables), right(ref frame, variables));
                frame.Current = comparison;
                return holds(ref frame, a, b);
            };
        }

        return (ref frame, variables) =>
        {
            var left = first(ref frame, variables);
            foreach (var (relation, operand) in links)
            {
                var next = operand(ref frame, variables);
                frame.Current = comparison;
                if (!relation(ref frame, left, next))
                    return false;
                left = next;
            }

            return true;
        };
    }

    private static Relation RelationOf(ComparisonOperator comparison) => comparison switch
    {
        ComparisonOperator.Equal => static (ref frame, left, right) => Equality.AreEqual(left, right, ref frame),
        ComparisonOperator.NotEqual => static (ref frame, left, right) => !Equality.AreEqual(left, right, ref frame),
        ComparisonOperator.Less => static (ref frame, left, right) => Ordering.Compare(left, right, ref frame) < 0,
        ComparisonOperator.LessOrEqual => static (ref frame, left, right) => Ordering.Compare(left, right, ref frame) <= 0,
        ComparisonOperator.Greater => static (ref frame, left, right) => Ordering.Compare(left, right, ref frame) > 0,
        ComparisonOperator.GreaterOrEqual => static (ref frame, left, right) => Ordering.Compare(left, right, ref frame) >= 0,
        ComparisonOperator.In => static (ref frame, left, right) => Membership.Contains(ref frame, right, left),
        _ => static (ref frame, left, right) => !Membership.Contains(ref frame, right, left),
    };
}
