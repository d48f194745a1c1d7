namespace Hermes.Templates.Lexing;

/// <summary>A token of an expression.</summary>
/// <param name="Kind">What it is.</param>
/// <param name="Text">The name, the operator, the digits, or the text that a literal stands for.</param>
/// <param name="Position">Where it starts in the template's text, from 0.</param>
internal readonly record struct Token(TokenKind Kind, string Text, int Position)
{
    public bool IsOperator(string text) => Kind == TokenKind.Operator && Text == text;

    public bool IsName(string text) => Kind == TokenKind.Name && Text == text;

    /// <summary>How an error message calls this token.</summary>
    public string Describe() => Kind switch
    {
        TokenKind.End => "the end of the expression",
        TokenKind.Text => "a text",
        _ => $"'{Text}'",
    };
}
