using System.Collections.Immutable;
using Hermes.Templates.Lexing;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Parsing;

/// <summary>Parses an operand and what follows it: members, subscripts, calls; then filters and tests.</summary>
internal sealed class PostfixParser(TokenReader tokens, ExpressionParser expressions)
{
    private readonly PrimaryParser _primary = new(tokens, expressions);

    /// <summary>A primary with its members, subscripts and calls.</summary>
    public Expression Operand()
    {
        var result = _primary.Primary();
        while (true)
        {
            if (tokens.Current.IsOperator("."))
                result = Member(result);
            else if (tokens.Current.IsOperator("["))
                result = Subscript(result);
            else if (tokens.Current.IsOperator("("))
                result = Call(result);
            else
                return result;
            expressions.Checked(result);
        }
    }

    public Expression FiltersAndTests(Expression target)
    {
        while (true)
        {
            if (tokens.Current.IsOperator("|") && tokens.Following.IsOperator("|"))
                throw new TemplateFault("Write 'or' instead of '||'", tokens.Current.Position);
            if (tokens.TryTakeOperator("|"))
                target = Filter(target);
            else if (tokens.Current.IsName("is"))
                target = Test(target);
            else if (tokens.Current.IsOperator("("))
                target = Call(target);
            else
                return target;
            expressions.Checked(target);
        }
    }

    private Expression Member(Expression target)
    {
        var position = tokens.Take().Position;
        var name = tokens.Take();
        return name.Kind switch
        {
            TokenKind.Name => new Member(name.Position, target, name.Text),
            TokenKind.Integer => new Syntax.Index(name.Position, target, _primary.Integer(name)),
            _ => throw new TemplateFault($"The name of a member is expected after the point, not {name.Describe()}", position),
        };
    }

    private Expression Subscript(Expression target)
    {
        var position = tokens.Take().Position;
        Expression? start = null;
        if (!tokens.Current.IsOperator(":"))
        {
            start = expressions.ListWithoutBrackets("]");
            if (tokens.TryTakeOperator("]"))
                return start is ListLiteral { Items.Length: 0 }
                    ? throw new TemplateFault("An index, a name or a slice is expected between the brackets", position)
                    : new Syntax.Index(position, target, start);
        }

        tokens.ExpectOperator(":");
        var stop = SlicePart();
        var step = tokens.TryTakeOperator(":") ? SlicePart() : null;
        tokens.ExpectOperator("]");
        return new Slice(position, target, start, stop, step);
    }

    private Expression? SlicePart() => tokens.Current.IsOperator(":") || tokens.Current.IsOperator("]") ? null : expressions.Any();

    private Expression Call(Expression target)
    {
        var position = tokens.Current.Position;
        return target switch
        {
            Name name => new FunctionCall(name.Position, name.Identifier, Arguments()),
            Member member => new MethodCall(member.Position, member.Target, member.MemberName, Arguments()),
            _ => throw new TemplateFault("This cannot be called: only methods (such as name.upper()) and functions can", position),
        };
    }

    private FilterCall Filter(Expression target)
    {
        var (name, position) = DottedName("The name of a filter");
        return new FilterCall(position, target, name, tokens.Current.IsOperator("(") ? Arguments() : CallArguments.None);
    }

    private Expression Test(Expression target)
    {
        var sign = tokens.Take();
        var negated = tokens.TryTakeName("not");
        var (name, position) = DottedName("The name of a test");
        var arguments = CallArguments.None;
        if (tokens.Current.IsOperator("("))
        {
            arguments = Arguments();
        }
        else if (StartsArgument(tokens.Current))
        {
            if (tokens.Current.IsName("is"))
                throw new TemplateFault("Tests cannot be chained with 'is'; join them with 'and'", tokens.Current.Position);
            arguments = new CallArguments([Operand()], []);
        }

        Expression test = expressions.Checked(new TestCall(position, target, name, arguments));
        return negated ? new Unary(sign.Position, UnaryOperator.Not, test) : test;
    }

    /// <summary>A test may be given its one argument without parentheses: <c>n is divisibleby 3</c>.</summary>
    private static bool StartsArgument(Token token) => token.Kind switch
    {
        TokenKind.Name => token.Text is not ("else" or "or" or "and" or "if" or "not" or "in"),
        TokenKind.Text or TokenKind.Integer or TokenKind.Float => true,
        TokenKind.Operator => token.Text is "[" or "{",
        _ => false,
    };

    private (string Name, int Position) DottedName(string what)
    {
        var first = tokens.ExpectName(what);
        var name = first.Text;
        while (tokens.TryTakeOperator("."))
            name += "." + tokens.ExpectName(what).Text;
        return (name, first.Position);
    }

    private CallArguments Arguments()
    {
        tokens.ExpectOperator("(");
        var positional = ImmutableArray.CreateBuilder<Expression>();
        var named = ImmutableArray.CreateBuilder<NamedArgument>();
        while (!tokens.Current.IsOperator(")"))
        {
            var start = tokens.Current;
            if (start.IsOperator("*") || start.IsOperator("**"))
                throw new TemplateFault("Unpacking ('*' and '**') is not supported: write the arguments one by one", start.Position);
            if (start.Kind == TokenKind.Name && tokens.Following.IsOperator("="))
            {
                tokens.Take();
                tokens.Take();
                if (named.Any(argument => argument.Name == start.Text))
                    throw new TemplateFault($"The argument '{start.Text}' is given twice", start.Position);
                named.Add(new NamedArgument(start.Position, start.Text, expressions.Any()));
            }
            else if (named.Count > 0)
            {
                throw new TemplateFault("An argument without a name cannot follow one with a name", start.Position);
            }
            else
            {
                positional.Add(expressions.Any());
            }

            if (!tokens.Current.IsOperator(")"))
                tokens.ExpectOperator(",");
        }

        tokens.ExpectOperator(")");
        return new CallArguments(positional.ToImmutable(), named.ToImmutable());
    }
}
