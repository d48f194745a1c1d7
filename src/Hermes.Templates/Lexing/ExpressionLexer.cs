using System.Buffers;
using System.Globalization;
using System.Text;
using Hermes.Templates.Text;

namespace Hermes.Templates.Lexing;

/// <summary>Splits the inside of <c>{{ ... }}</c> into tokens, up to the closing braces.</summary>
internal ref struct ExpressionLexer(ReadOnlySpan<char> text, int start)
{
    private static readonly string[] Operators =
    [
        "//", "**", "==", "!=", "<=", ">=", "+", "-", "*", "/", "%", "~", "<", ">", "=", "(", ")", "[", "]", "{", "}", ".", ",", ":", "|",
    ];

    private readonly ReadOnlySpan<char> _text = text;
    private readonly Stack<(char Bracket, int Position)> _open = new();
    private readonly List<Token> _tokens = [];
    private int _position = start;

    /// <summary>The tokens up to the closing braces, and where the text goes on behind them.</summary>
    public static (List<Token> Tokens, int End) Tokenize(ReadOnlySpan<char> text, int start) =>
        new ExpressionLexer(text, start).Run(start - 2);

    private (List<Token> Tokens, int End) Run(int opening)
    {
        while (true)
        {
            while (_position < _text.Length && char.IsWhiteSpace(_text[_position]))
                _position++;

            if (_position >= _text.Length)
            {
                throw _open.TryPeek(out var open)
                    ? new TemplateFault($"The bracket '{open.Bracket}' is never closed", open.Position)
                    : new TemplateFault("The expression is never closed: write '}}' at its end", Math.Max(0, opening));
            }

            if (_open.Count == 0 && EndsHere(out var end))
            {
                _tokens.Add(new Token(TokenKind.End, "", _position));
                return (_tokens, end);
            }

            Next();
        }
    }

    private readonly bool EndsHere(out int end)
    {
        var rest = _text[_position..];
        end = _position + 2;
        if (rest.StartsWith("}}"))
            return true;
        if (!rest.StartsWith("-}}"))
            return false;
        end++;
        while (end < _text.Length && char.IsWhiteSpace(_text[end]))
            end++;
        return true;
    }

    private void Next()
    {
        var start = _position;
        var first = _text[start];
        if (first is '\'' or '"')
            _tokens.Add(new Token(TokenKind.Text, TextLiteral.Read(_text, ref _position), start));
        else if (char.IsAsciiDigit(first))
            _tokens.Add(NumberLiteral.Read(_text, ref _position));
        else if (IsNameStart(_text[start..], out var length))
            Name(start, length);
        else
            Operator(start);
    }

    private void Name(int start, int length)
    {
        do
            _position += length;
        while (_position < _text.Length && IsNamePart(_text[_position..], out length));
        _tokens.Add(new Token(TokenKind.Name, _text[start.._position].ToString(), start));
    }

    private void Operator(int start)
    {
        foreach (var candidate in Operators)
        {
            if (!_text[start..].StartsWith(candidate))
                continue;
            Balance(candidate[0], start);
            _position += candidate.Length;
            _tokens.Add(new Token(TokenKind.Operator, candidate, start));
            return;
        }

        var character = CodePoints.RuneAt(_text[start..].ToString(), 0).ToString();
        throw new TemplateFault(Hint(character, _text[start..]) ?? $"The character '{character}' has no meaning in an expression", start);
    }

    /// <summary>What to write instead of what other languages, and word processors, write.</summary>
    private static string? Hint(string character, ReadOnlySpan<char> rest) => character switch
    {
        "&" when rest.StartsWith("&&") => "Write 'and' instead of '&&'",
        "!" => "Write 'not' instead of '!'",
        "?" => "Write 'a if condition else b' instead of 'condition ? a : b'",
        "“" or "”" or "„" or "‟" or "‘" or "’" or "‚" or "‛" or "«" or "»" or "`" or "´" => $"Write a straight quote (' or \") instead of '{character}'",
        _ => null,
    };

    private readonly void Balance(char bracket, int position)
    {
        if (bracket is '(' or '[' or '{')
        {
            _open.Push((bracket, position));
            return;
        }

        if (bracket is not (')' or ']' or '}'))
            return;
        var expected = bracket switch { ')' => '(', ']' => '[', _ => '{' };
        if (!_open.TryPop(out var open))
            throw new TemplateFault($"There is no opening bracket for '{bracket}'", position);
        if (open.Bracket != expected)
            throw new TemplateFault($"'{bracket}' does not close the bracket '{open.Bracket}' that was opened last", position);
    }

    private static bool IsNameStart(ReadOnlySpan<char> text, out int length)
    {
        if (Rune.DecodeFromUtf16(text, out var rune, out length) != OperationStatus.Done)
            return false;
        return rune.Value == '_' || Rune.IsLetter(rune) || Rune.GetUnicodeCategory(rune) == UnicodeCategory.LetterNumber;
    }

    private static bool IsNamePart(ReadOnlySpan<char> text, out int length) =>
        IsNameStart(text, out length) || (Rune.DecodeFromUtf16(text, out var rune, out length) == OperationStatus.Done
            && Rune.GetUnicodeCategory(rune) is UnicodeCategory.DecimalDigitNumber or UnicodeCategory.NonSpacingMark
                or UnicodeCategory.SpacingCombiningMark or UnicodeCategory.ConnectorPunctuation);
}
