namespace Hermes.Templates.Text;

/// <summary>
/// How one value is laid out: what stands behind the colon in <c>'{:&gt;8.2f}'</c>, and between the percent sign and the letter in
/// <c>'%8.2f'</c>.
/// </summary>
/// <param name="Type">The letter of the type, or 0.</param>
internal readonly record struct FormatSpec(char Type)
{
    /// <summary>The widest precision that is accepted: a float has no more decimals.</summary>
    public const int MaxPrecision = 1100;

    /// <summary>What fills the text up to its width.</summary>
    public string Fill { get; init; } = " ";

    /// <summary>An <see cref="Align"/>: behind the sign of a number, but on the right of a text.</summary>
    public const char ZeroPadded = '0';

    /// <summary>'&lt;', '&gt;', '^', '=' (behind the sign) or <see cref="ZeroPadded"/>; 0: by the kind of the value.</summary>
    public char Align { get; init; }

    /// <summary>'+' or ' ' for a sign before numbers that are not negative; else 0.</summary>
    public char Sign { get; init; }

    /// <summary>Whether prefixes and zeros are shown that are left out otherwise.</summary>
    public bool IsAlternate { get; init; }

    public long Width { get; init; }

    /// <summary>',' or '_' between groups of digits; else 0.</summary>
    public char Grouping { get; init; }

    public int? Precision { get; init; }

    /// <summary>Whether nothing was asked for.</summary>
    public bool IsEmpty => this == new FormatSpec('\0');

    /// <summary>Reads <c>[[fill]align][sign][#][0][width][grouping][.precision][type]</c>.</summary>
    /// <exception cref="TemplateFault">It is written otherwise.</exception>
    public static FormatSpec Parse(string text)
    {
        var position = 0;
        var fill = " ";
        var align = '\0';
        var first = text.Length > 0 ? CodePoints.LengthAt(text, 0) : 0;
        if (text.Length > first && text[first] is '<' or '>' or '^' or '=')
        {
            fill = text[..first];
            align = text[first];
            position = first + 1;
        }
        else if (text.Length > 0 && text[0] is '<' or '>' or '^' or '=')
        {
            align = text[position++];
        }

        var sign = Take(text, ref position, "+- ");
        var isAlternate = Take(text, ref position, "#") != 0;
        if (Take(text, ref position, "0") != 0 && align == 0)
            (fill, align) = ("0", ZeroPadded);
        var width = Number(text, ref position) ?? 0;
        var grouping = Take(text, ref position, ",_");
        long? precision = null;
        if (Take(text, ref position, ".") != 0)
            precision = Number(text, ref position) ?? throw new TemplateFault("A precision is missing in the format");
        var type = position < text.Length ? text[position++] : '\0';
        if (position < text.Length)
            throw new TemplateFault("The format of a value is not valid");
        return new FormatSpec(type)
        {
            Fill = fill,
            Align = align,
            Sign = sign == '-' ? '\0' : sign,
            IsAlternate = isAlternate,
            Width = width,
            Grouping = grouping,
            Precision = Limited(precision),
        };
    }

    /// <exception cref="TemplateFault">It is too large.</exception>
    public static int? Limited(long? precision) =>
        precision is > MaxPrecision ? throw new TemplateFault($"The precision of a format is {MaxPrecision} at most") : (int?)precision;

    /// <summary>Reads digits; null if there are none.</summary>
    public static long? Number(string text, ref int position)
    {
        var start = position;
        long number = 0;
        for (; position < text.Length && char.IsAsciiDigit(text[position]); position++)
            number = Math.Min((number * 10) + (text[position] - '0'), int.MaxValue);
        return position > start ? number : null;
    }

    private static char Take(string text, ref int position, string wanted) =>
        position < text.Length && wanted.Contains(text[position], StringComparison.Ordinal) ? text[position++] : '\0';
}
