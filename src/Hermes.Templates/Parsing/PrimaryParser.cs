using System.Collections.Immutable;
using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Templates.Lexing;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Parsing;

/// <summary>Parses names, literals and what stands in brackets.</summary>
internal sealed class PrimaryParser(TokenReader tokens, ExpressionParser expressions)
{
    public Expression Primary()
    {
        if (tokens.Current.IsOperator("="))
            throw tokens.Unexpected("");
        var token = tokens.Take();
        switch (token.Kind)
        {
            case TokenKind.Name: return NameOrConstant(token);
            case TokenKind.Text: return Text(token);
            case TokenKind.Integer: return Integer(token);
            case TokenKind.Float: return Float(token);
        }

        switch (token.Text)
        {
            case "(":
                var inner = expressions.ListWithoutBrackets(")");
                tokens.ExpectOperator(")");
                return inner;
            case "[": return List(token.Position);
            case "{": return Map(token.Position);
            default: throw new TemplateFault($"A value is expected here, not {token.Describe()}", token.Position);
        }
    }

    public Constant Integer(Token token) => long.TryParse(token.Text, NumberStyles.None, CultureInfo.InvariantCulture, out var value)
        ? new Constant(token.Position, value)
        : throw new TemplateFault("The integer does not fit 64 bits", token.Position);

    private static Constant Float(Token token)
    {
        var value = double.Parse(token.Text, NumberStyles.Float, CultureInfo.InvariantCulture);
        return double.IsFinite(value)
            ? new Constant(token.Position, value)
            : throw new TemplateFault("The number is too large", token.Position);
    }

    private static Expression NameOrConstant(Token token) => token.Text switch
    {
        "true" or "True" => new Constant(token.Position, true),
        "false" or "False" => new Constant(token.Position, false),
        "none" or "None" => new Constant(token.Position, Value.Null),
        "and" or "or" or "not" or "if" or "else" or "in" or "is" =>
            throw new TemplateFault($"A value is expected here, not the word '{token.Text}'", token.Position),
        _ => new Name(token.Position, token.Text),
    };

    /// <summary>Texts that follow each other are one text.</summary>
    private Constant Text(Token token)
    {
        var text = token.Text;
        if (tokens.Current.Kind == TokenKind.Text)
        {
            var all = new System.Text.StringBuilder(text);
            while (tokens.Current.Kind == TokenKind.Text)
                all.Append(tokens.Take().Text);
            text = all.ToString();
        }

        return new Constant(token.Position, text);
    }

    private ListLiteral List(int position)
    {
        var items = ImmutableArray.CreateBuilder<Expression>();
        while (!tokens.Current.IsOperator("]"))
        {
            items.Add(expressions.Any());
            if (!tokens.Current.IsOperator("]"))
                tokens.ExpectOperator(",");
        }

        tokens.ExpectOperator("]");
        return expressions.Checked(new ListLiteral(position, items.ToImmutable()));
    }

    private MapLiteral Map(int position)
    {
        var pairs = ImmutableArray.CreateBuilder<(Expression, Expression)>();
        while (!tokens.Current.IsOperator("}"))
        {
            var key = expressions.Any();
            tokens.ExpectOperator(":");
            pairs.Add((key, expressions.Any()));
            if (!tokens.Current.IsOperator("}"))
                tokens.ExpectOperator(",");
        }

        tokens.ExpectOperator("}");
        return expressions.Checked(new MapLiteral(position, pairs.ToImmutable()));
    }
}
