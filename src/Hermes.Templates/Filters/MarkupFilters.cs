using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Filters;

/// <summary>Filters for HTML and URLs.</summary>
internal static class MarkupFilters
{
    public static IEnumerable<Filter> All =>
    [
        new("escape", [], Escape),
        new("e", [], Escape),
        new("forceescape", [], Escape),
        new("safe", [], static (ref frame, input, _) => PythonText.Str(ref frame, input)),
        new("striptags", [], StripTags),
        new("urlencode", [], UrlEncode),
    ];

    private static Value Escape(ref Frame frame, Value input, ReadOnlySpan<Value> arguments) =>
        Markup.Escape(ref frame, PythonText.Str(ref frame, input));

    private static Value StripTags(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var text = PythonText.Str(ref frame, input);
        return Markup.WithoutTags(ref frame, text);
    }

    /// <summary>A dictionary or a list of pairs becomes a query, anything else a part of a path.</summary>
    private static Value UrlEncode(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        switch (Kinds.Defined(input).Kind)
        {
            case ValueKind.Map:
                return Query(ref frame, DictionaryFilters.Pairs(ref frame, input.AsMap()));
            case ValueKind.List or ValueKind.Object:
                return Query(ref frame, Sequence.Of(ref frame, input));
            case ValueKind.Bytes:
                return UrlText.Quote(ref frame, input.AsBytes().Span, '/');
            default:
                return UrlText.Quote(ref frame, PythonText.Str(ref frame, input), '/');
        }
    }

    private static string Query(ref Frame frame, ReadOnlySpan<Value> items)
    {
        var parts = new List<string>();
        foreach (var item in items)
        {
            var pair = Sequence.Of(ref frame, item);
            if (pair.Length != 2)
                throw new TemplateFault("'urlencode' needs a text, a dictionary or a list of pairs");
            frame.AllocateItem();
            parts.Add(QueryPart(ref frame, pair[0]) + "=" + QueryPart(ref frame, pair[1]));
        }

        frame.AllocateText(2 * parts.Sum(part => (long)part.Length + 1));
        return string.Join('&', parts);
    }

    private static string QueryPart(ref Frame frame, Value value) =>
        UrlText.Quote(ref frame, PythonText.Str(ref frame, value), alsoSafe: null).Replace("%20", "+", StringComparison.Ordinal);
}

/// <summary>Percent encoding of UTF-8.</summary>
internal static class UrlText
{
    /// <param name="frame">Pays for the work.</param>
    /// <param name="text">The text.</param>
    /// <param name="alsoSafe">A character that is left as it is, beside letters, digits and <c>_.-~</c>.</param>
    public static string Quote(ref Frame frame, string text, char? alsoSafe)
    {
        frame.AllocateBytes(3L * text.Length);
        return Quote(ref frame, Encoding.UTF8.GetBytes(text), alsoSafe);
    }

    public static string Quote(ref Frame frame, ReadOnlySpan<byte> bytes, char? alsoSafe)
    {
        frame.AllocateBuilt(4L * bytes.Length);
        var result = new StringBuilder(bytes.Length);
        foreach (var item in bytes)
        {
            var letter = (char)item;
            if (char.IsAsciiLetterOrDigit(letter) || letter is '_' or '.' or '-' or '~' || letter == alsoSafe)
                result.Append(letter);
            else
                result.Append(CultureInfo.InvariantCulture, $"%{item:X2}");
        }

        return result.ToString();
    }
}
