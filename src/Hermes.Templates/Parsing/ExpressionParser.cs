using System.Collections.Immutable;
using Hermes.Templates.Lexing;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Parsing;

/// <summary>
/// Parses an expression by recursive descent; each method is one level of precedence, from the loosest to the tightest, as in Jinja 3.1.
/// There, filters and tests bind tighter than any operator but a sign, and <c>**</c> groups from the left.
/// </summary>
internal sealed class ExpressionParser
{
    private readonly TokenReader _tokens;
    private readonly int _maxDepth;
    private readonly PostfixParser _postfix;
    private int _depth;

    public ExpressionParser(IReadOnlyList<Token> tokens, int maxDepth)
    {
        _tokens = new TokenReader(tokens);
        _maxDepth = maxDepth;
        _postfix = new PostfixParser(_tokens, this);
    }

    public Expression Parse()
    {
        if (_tokens.Current.Kind == TokenKind.End)
            throw new TemplateFault("An expression is expected between the braces", _tokens.Current.Position);
        var result = ListWithoutBrackets(closing: null);
        return _tokens.Current.Kind == TokenKind.End
            ? result
            : throw _tokens.Unexpected($"{_tokens.Current.Describe()} is not expected here; an operator, a filter ('|') or the end could follow");
    }

    /// <summary>Any expression, up to <c>x if c else y</c>.</summary>
    public Expression Any()
    {
        if (++_depth > _maxDepth)
            throw TooDeep(_tokens.Current.Position);
        var result = Or();
        while (_tokens.Current.IsName("if"))
        {
            var position = _tokens.Take().Position;
            var condition = Or();
            result = Checked(new Conditional(position, result, condition, _tokens.TryTakeName("else") ? Any() : null));
        }

        _depth--;
        return result;
    }

    /// <summary>One expression, or several with commas between them, which make a list (a tuple in Jinja).</summary>
    public Expression ListWithoutBrackets(string? closing)
    {
        var position = _tokens.Current.Position;
        var items = ImmutableArray.CreateBuilder<Expression>();
        var isList = false;
        while (true)
        {
            if (items.Count > 0 && !_tokens.TryTakeOperator(","))
                break;
            isList |= items.Count > 0;
            if (_tokens.Current.Kind == TokenKind.End || (closing is not null && _tokens.Current.IsOperator(closing)))
                break;
            items.Add(Any());
        }

        return isList || items.Count == 0 ? Checked(new ListLiteral(position, items.ToImmutable())) : items[0];
    }

    /// <summary>A sign binds tighter than a power, and a filter is applied to what has the sign.</summary>
    public Expression Signed() => _postfix.FiltersAndTests(SignedOperand());

    public T Checked<T>(T expression)
        where T : Expression => expression.Depth <= _maxDepth ? expression : throw TooDeep(expression.Position);

    private TemplateFault TooDeep(int position) =>
        new($"The expression is nested or chained deeper than the {_maxDepth} levels allowed (TemplateLimits.MaxDepth)", position);

    private Expression Or()
    {
        var left = And();
        while (_tokens.Current.IsName("or"))
            left = Checked(new Or(_tokens.Take().Position, left, And()));
        return left;
    }

    private Expression And()
    {
        var left = Not();
        while (_tokens.Current.IsName("and"))
            left = Checked(new And(_tokens.Take().Position, left, Not()));
        return left;
    }

    private Expression Not()
    {
        var positions = new Stack<int>();
        while (_tokens.Current.IsName("not") && !_tokens.Following.IsName("in"))
            positions.Push(_tokens.Take().Position);
        var result = Comparison();
        while (positions.TryPop(out var position))
            result = Checked(new Unary(position, UnaryOperator.Not, result));
        return result;
    }

    private Expression Comparison()
    {
        var first = Sum();
        var position = _tokens.Current.Position;
        var rest = ImmutableArray.CreateBuilder<(ComparisonOperator, Expression)>();
        while (TryTakeComparison() is { } comparison)
            rest.Add((comparison, Sum()));
        return rest.Count == 0 ? first : Checked(new Comparison(position, first, rest.ToImmutable()));
    }

    private ComparisonOperator? TryTakeComparison()
    {
        if (_tokens.Current.IsName("not") && _tokens.Following.IsName("in"))
        {
            _tokens.Take();
            _tokens.Take();
            return ComparisonOperator.NotIn;
        }

        ComparisonOperator? found = _tokens.Current switch
        {
            { Kind: TokenKind.Name, Text: "in" } => ComparisonOperator.In,
            { Kind: TokenKind.Operator, Text: var text } => text switch
            {
                "==" => ComparisonOperator.Equal,
                "!=" => ComparisonOperator.NotEqual,
                "<" => ComparisonOperator.Less,
                "<=" => ComparisonOperator.LessOrEqual,
                ">" => ComparisonOperator.Greater,
                ">=" => ComparisonOperator.GreaterOrEqual,
                _ => null,
            },
            _ => null,
        };
        if (found is not null)
            _tokens.Take();
        return found;
    }

    private Expression Sum() => LeftToRight(Concatenated, static text => text switch
    {
        "+" => BinaryOperator.Add,
        "-" => BinaryOperator.Subtract,
        _ => null,
    });

    private Expression Concatenated()
    {
        var first = Product();
        if (!_tokens.Current.IsOperator("~"))
            return first;
        var position = _tokens.Current.Position;
        var parts = ImmutableArray.CreateBuilder<Expression>();
        parts.Add(first);
        while (_tokens.TryTakeOperator("~"))
            parts.Add(Product());
        return Checked(new Concatenation(position, parts.ToImmutable()));
    }

    private Expression Product() => LeftToRight(Power, static text => text switch
    {
        "*" => BinaryOperator.Multiply,
        "/" => BinaryOperator.Divide,
        "//" => BinaryOperator.FloorDivide,
        "%" => BinaryOperator.Modulo,
        _ => null,
    });

    private Expression Power() => LeftToRight(Signed, static text => text == "**" ? BinaryOperator.Power : null);

    private Expression LeftToRight(Func<Expression> operand, Func<string, BinaryOperator?> operatorOf)
    {
        var left = operand();
        while (_tokens.Current.Kind == TokenKind.Operator && operatorOf(_tokens.Current.Text) is { } found)
            left = Checked(new Binary(_tokens.Take().Position, found, left, operand()));
        return left;
    }

    private Expression SignedOperand()
    {
        var signs = new Stack<Token>();
        while (_tokens.Current.IsOperator("-") || _tokens.Current.IsOperator("+"))
            signs.Push(_tokens.Take());
        var result = signs.Count > 0 && IsSmallestInteger(signs.Peek())
            ? new Constant(signs.Pop().Position, long.MinValue)
            : _postfix.Operand();
        while (signs.TryPop(out var sign))
            result = Checked(new Unary(sign.Position, sign.Text == "-" ? UnaryOperator.Minus : UnaryOperator.Plus, result));
        return result;
    }

    /// <summary>-9223372036854775808 is an integer, though it is so only together with its sign.</summary>
    private bool IsSmallestInteger(Token sign)
    {
        if (sign.Text != "-" || _tokens.Current is not { Kind: TokenKind.Integer, Text: "9223372036854775808" })
            return false;
        _tokens.Take();
        return true;
    }
}
