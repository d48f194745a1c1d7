using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>
/// Python's <c>str.format</c>: fields such as <c>{}</c>, <c>{0}</c>, <c>{name!r:&gt;10}</c>. A field names a value, never a member of it.
/// </summary>
internal sealed class BraceFormat(IReadOnlyList<Value> positional, IReadOnlyDictionary<string, Value> named)
{
    private const int MaxNesting = 2;

    private int _next;
    private bool _isNumbered;

    /// <exception cref="TemplateFault">The format is not valid, or does not fit the values.</exception>
    public string Apply(ref Frame frame, string format) => Apply(ref frame, format, MaxNesting);

    private string Apply(ref Frame frame, string format, int nesting)
    {
        frame.AllocateBuilt(32 + format.Length);
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            var isDoubled = i + 1 < format.Length && format[i + 1] == format[i];
            if (format[i] is not ('{' or '}'))
            {
                result.Append(format[i]);
            }
            else if (isDoubled)
            {
                result.Append(format[i++]);
            }
            else if (format[i] == '{')
            {
                var end = End(format, i);
                frame.AllocateBuilt(32 + (end - i));
                var text = Field(ref frame, format[(i + 1)..end], nesting);
                frame.AllocateBuilt(text.Length);
                result.Append(text);
                i = end;
            }
            else
            {
                throw new TemplateFault("There is a single '}' in the format: write '}}' for a brace");
            }
        }

        return result.ToString();
    }

    private static int End(string format, int start)
    {
        var depth = 0;
        for (var i = start; i < format.Length; i++)
        {
            depth += format[i] == '{' ? 1 : format[i] == '}' ? -1 : 0;
            if (depth == 0)
                return i;
        }

        throw new TemplateFault("There is a single '{' in the format: write '{{' for a brace");
    }

    private string Field(ref Frame frame, string field, int nesting)
    {
        if (nesting == 0)
            throw new TemplateFault("The format is nested too deeply");
        var colon = field.IndexOf(':', StringComparison.Ordinal);
        var head = colon < 0 ? field : field[..colon];
        var conversion = head.IndexOf('!', StringComparison.Ordinal) is >= 0 and var mark ? head[mark..] : "";
        var value = Named(head[..^conversion.Length]);
        value = conversion switch
        {
            "" => value,
            "!s" => PythonText.Str(ref frame, value),
            "!r" or "!a" => PythonText.Repr(ref frame, value),
            _ => throw new TemplateFault("A conversion of the format is not known; there are '!s' and '!r'"),
        };
        var spec = colon < 0 ? "" : Apply(ref frame, field[(colon + 1)..], nesting - 1);
        return value.Kind == ValueKind.DateTime && spec.Length > 0
            ? DateTimeFormat.Apply(ref frame, value.AsDateTime(), spec)
            : ValueFormat.Apply(ref frame, value, FormatSpec.Parse(spec));
    }

    private Value Named(string name)
    {
        if (name.AsSpan().ContainsAny('.', '['))
            throw new TemplateFault("A field of the format cannot name a member: give the member as an argument");
        var isNumber = int.TryParse(name, NumberStyles.None, CultureInfo.InvariantCulture, out var index);
        if (name.Length > 0 && !isNumber)
            return named.TryGetValue(name, out var value)
                ? value
                : throw new TemplateFault("There is no argument for a name in the format");
        if (isNumber ? _next > 0 : _isNumbered)
            throw new TemplateFault("The format mixes fields with and without numbers");
        _isNumbered |= isNumber;
        index = isNumber ? index : _next++;
        return index < positional.Count ? positional[index] : throw new TemplateFault("There are fewer arguments than the format takes");
    }
}
