namespace Hermes.Templates.Lexing;

internal enum TokenKind
{
    Name,
    Text,
    Integer,
    Float,
    Operator,
    End,
}
