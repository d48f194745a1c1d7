namespace Hermes.Templates.Lexing;

/// <summary>
/// An integer (decimal, or with the prefix 0x, 0o or 0b) or a floating-point number; underscores may stand between digits.
/// </summary>
internal static class NumberLiteral
{
    /// <summary>Reads the literal at a position and moves behind it.</summary>
    public static Token Read(ReadOnlySpan<char> text, ref int position)
    {
        var start = position;
        if (text[position] == '0' && position + 1 < text.Length && (text[position + 1] | 0x20) is 'x' or 'o' or 'b')
            return Prefixed(text, ref position);

        var isFloat = false;
        Digits(text, ref position);

        // A digit must follow the point: 'a.0.b' and '1.e' are member accesses.
        if (position + 1 < text.Length && text[position] == '.' && char.IsAsciiDigit(text[position + 1]) && !FollowsPoint(text, start))
        {
            isFloat = true;
            position++;
            Digits(text, ref position);
        }

        if (Exponent(text, position) is { } end && !FollowsPoint(text, start))
        {
            isFloat = true;
            position = end;
            Digits(text, ref position);
        }

        var digits = text[start..position].ToString().Replace("_", "", StringComparison.Ordinal);
        if (!isFloat && digits[0] == '0' && digits.Trim('0').Length > 0)
            throw new TemplateFault("An integer does not start with 0; an octal one starts with 0o", start);
        return new Token(isFloat ? TokenKind.Float : TokenKind.Integer, digits, start);
    }

    private static bool FollowsPoint(ReadOnlySpan<char> text, int start) => start > 0 && text[start - 1] == '.';

    private static void Digits(ReadOnlySpan<char> text, ref int position)
    {
        while (position < text.Length && (char.IsAsciiDigit(text[position])
                   || (text[position] == '_' && position + 1 < text.Length && char.IsAsciiDigit(text[position + 1]))))
            position++;
    }

    private static int? Exponent(ReadOnlySpan<char> text, int position)
    {
        if (position >= text.Length || (text[position] | 0x20) != 'e')
            return null;
        position++;
        if (position < text.Length && text[position] is '+' or '-')
            position++;
        return position < text.Length && char.IsAsciiDigit(text[position]) ? position : null;
    }

    private static Token Prefixed(ReadOnlySpan<char> text, ref int position)
    {
        var start = position;
        var radix = (text[start + 1] | 0x20) switch { 'x' => 16, 'o' => 8, _ => 2 };
        position += 2;
        ulong value = 0;
        var any = false;
        for (; position < text.Length && (char.IsAsciiHexDigit(text[position]) || text[position] == '_'); position++)
        {
            if (text[position] == '_')
                continue;
            var digit = Convert.ToInt32(text[position].ToString(), 16);
            if (digit >= radix)
                throw new TemplateFault($"'{text[position]}' is not a digit of a number in base {radix}", position);
            value = (value * (ulong)radix) + (ulong)digit;
            if (value > long.MaxValue)
                throw new TemplateFault("The integer does not fit 64 bits", start);
            any = true;
        }

        return any
            ? new Token(TokenKind.Integer, value.ToString(System.Globalization.CultureInfo.InvariantCulture), start)
            : throw new TemplateFault($"Digits must follow the prefix of a number in base {radix}", start);
    }
}
