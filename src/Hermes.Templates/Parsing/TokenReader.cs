using Hermes.Templates.Lexing;

namespace Hermes.Templates.Parsing;

/// <summary>The tokens of an expression, one after the other. The last one is <see cref="TokenKind.End"/>.</summary>
internal sealed class TokenReader(IReadOnlyList<Token> tokens)
{
    private int _next;

    public Token Current => tokens[_next];

    public Token Following => tokens[Math.Min(_next + 1, tokens.Count - 1)];

    public Token Take()
    {
        var token = Current;
        if (token.Kind != TokenKind.End)
            _next++;
        return token;
    }

    public bool TryTakeOperator(string text) => TryTake(Current.IsOperator(text));

    public bool TryTakeName(string text) => TryTake(Current.IsName(text));

    public Token ExpectOperator(string text) =>
        Current.IsOperator(text)
            ? Take()
            : throw Unexpected($"'{text}' is expected here, not {Current.Describe()}");

    public Token ExpectName(string what) =>
        Current.Kind == TokenKind.Name
            ? Take()
            : throw new TemplateFault($"{what} is expected here, not {Current.Describe()}", Current.Position);

    /// <summary>The current token cannot stand here: with what was meant, if that can be told, or else the given reason.</summary>
    public TemplateFault Unexpected(string reason) => new(
        Current switch
        {
            { Kind: TokenKind.Operator, Text: "=" } => "Write '==' to compare; '=' stands before the value of a named argument only",
            { Kind: TokenKind.Name, Text: var word } when word.ToLowerInvariant() is "and" or "or" or "not" or "is" or "in" or "if" or "else" && word != word.ToLowerInvariant() =>
                $"Write '{word.ToLowerInvariant()}' instead of '{word}'",
            _ => reason,
        },
        Current.Position);

    private bool TryTake(bool matches)
    {
        if (matches)
            _next++;
        return matches;
    }
}
