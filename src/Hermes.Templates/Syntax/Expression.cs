using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.Templates.Syntax;

/// <summary>A node of the syntax tree of an expression.</summary>
/// <param name="Position">Where it stands in the template's text, from 0: the place an error points at.</param>
/// <param name="Children">What it is made of, in the order of writing.</param>
internal abstract record Expression(int Position, ImmutableArray<Expression> Children)
{
    /// <summary>How deeply this is nested, itself included: evaluation recurses that far.</summary>
    public int Depth { get; } = 1 + Children.Select(child => child.Depth).DefaultIfEmpty(0).Max();
}

internal sealed record Constant(int Position, Value Value) : Expression(Position, []);

internal sealed record Name(int Position, string Identifier) : Expression(Position, []);

/// <summary><c>target.name</c>; also <c>target['name']</c>, which Jinja tells apart only for methods.</summary>
internal sealed record Member(int Position, Expression Target, string MemberName) : Expression(Position, [Target]);

internal sealed record Index(int Position, Expression Target, Expression Key) : Expression(Position, [Target, Key]);

internal sealed record Slice(int Position, Expression Target, Expression? Start, Expression? Stop, Expression? Step)
    : Expression(Position, [Target, .. new[] { Start, Stop, Step }.OfType<Expression>()]);

internal sealed record ListLiteral(int Position, ImmutableArray<Expression> Items) : Expression(Position, Items);

internal sealed record MapLiteral(int Position, ImmutableArray<(Expression Key, Expression Value)> Pairs)
    : Expression(Position, [.. Pairs.SelectMany(pair => new[] { pair.Key, pair.Value })]);

internal sealed record Unary(int Position, UnaryOperator Operator, Expression Operand) : Expression(Position, [Operand]);

internal sealed record Binary(int Position, BinaryOperator Operator, Expression Left, Expression Right)
    : Expression(Position, [Left, Right]);

internal sealed record Concatenation(int Position, ImmutableArray<Expression> Parts) : Expression(Position, Parts);

/// <summary>One comparison or a chain of them: <c>1 &lt; a &lt;= 3</c>.</summary>
internal sealed record Comparison(int Position, Expression First, ImmutableArray<(ComparisonOperator Operator, Expression Right)> Rest)
    : Expression(Position, [First, .. Rest.Select(link => link.Right)]);

internal sealed record And(int Position, Expression Left, Expression Right) : Expression(Position, [Left, Right]);

internal sealed record Or(int Position, Expression Left, Expression Right) : Expression(Position, [Left, Right]);

internal sealed record Conditional(int Position, Expression Then, Expression Condition, Expression? Else)
    : Expression(Position, [Then, Condition, .. new[] { Else }.OfType<Expression>()]);

internal sealed record FilterCall(int Position, Expression Target, string FilterName, CallArguments Arguments)
    : Expression(Position, [Target, .. Arguments.All]);

internal sealed record TestCall(int Position, Expression Target, string TestName, CallArguments Arguments)
    : Expression(Position, [Target, .. Arguments.All]);

internal sealed record MethodCall(int Position, Expression Target, string MethodName, CallArguments Arguments)
    : Expression(Position, [Target, .. Arguments.All]);

internal sealed record FunctionCall(int Position, string FunctionName, CallArguments Arguments) : Expression(Position, [.. Arguments.All]);
