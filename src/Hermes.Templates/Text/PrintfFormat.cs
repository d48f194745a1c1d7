using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;

namespace Hermes.Templates.Text;

/// <summary>
/// Python's <c>format % values</c>. The values are the items of a list; where the format takes just one value, a list is that value.
/// </summary>
internal sealed class PrintfFormat
{
    private readonly string _format;
    private readonly Value[] _values;
    private readonly ValueMap? _named;
    private int _position;
    private int _used;

    private PrintfFormat(string format, Value[] values, ValueMap? named)
    {
        _format = format;
        _values = values;
        _named = named;
    }

    /// <summary>The operator: a list gives its items, a dictionary its values by name.</summary>
    /// <exception cref="TemplateFault">The format is not valid, or does not fit the values.</exception>
    public static Value Apply(ref Frame frame, string format, Value values)
    {
        frame.AllocateBuilt(2L * format.Length);
        var conversions = format.Replace("%%", "", StringComparison.Ordinal).AsSpan().Count('%');
        return Kinds.Defined(values).Kind switch
        {
            ValueKind.Map => new PrintfFormat(format, [values], values.AsMap()).Run(ref frame),
            ValueKind.List when conversions != 1 || values.AsList().Count == 1 || format.Contains('*', StringComparison.Ordinal) =>
                new PrintfFormat(format, Copy(ref frame, values.AsList()), null).Run(ref frame),
            _ => new PrintfFormat(format, [values], null).Run(ref frame),
        };
    }

    /// <summary>The filter: each argument is one value.</summary>
    /// <exception cref="TemplateFault">The format is not valid, or does not fit the values.</exception>
    public static Value Apply(ref Frame frame, string format, ReadOnlySpan<Value> values)
    {
        frame.AllocateBuilt(2L * format.Length);
        frame.AllocateItems(values.Length);
        return new PrintfFormat(format, values.ToArray(), null).Run(ref frame);
    }

    private static Value[] Copy(ref Frame frame, ValueList list)
    {
        frame.AllocateItems(list.Count);
        return list.AsSpan().ToArray();
    }

    private string Run(ref Frame frame)
    {
        frame.AllocateText(64);
        var result = new StringBuilder();
        while (_position < _format.Length)
        {
            var next = _format[_position++];
            if (next != '%')
            {
                result.Append(next);
                continue;
            }

            var text = Conversion(ref frame);
            frame.AllocateBuilt(text.Length);
            result.Append(text);
        }

        return _used == _values.Length || _named is not null
            ? result.ToString()
            : throw new TemplateFault("There are more values than the format takes");
    }

    private string Conversion(ref Frame frame)
    {
        frame.AllocateText(64);
        var named = Name(ref frame);
        var flags = Flags();
        var width = Star() ?? FormatSpec.Number(_format, ref _position) ?? 0;
        long? precision = null;
        if (_position < _format.Length && _format[_position] == '.')
        {
            _position++;
            precision = Star() ?? FormatSpec.Number(_format, ref _position) ?? 0;
        }

        while (_position < _format.Length && _format[_position] is 'h' or 'l' or 'L')
            _position++;
        if (_position == _format.Length)
            throw new TemplateFault("The format ends within a conversion");
        var type = _format[_position++];
        if (type == '%')
            return "%";

        var isLeft = flags.Contains('-', StringComparison.Ordinal) || width < 0;
        var isZero = flags.Contains('0', StringComparison.Ordinal) && !isLeft && type is not ('s' or 'r' or 'a' or 'c');
        var spec = new FormatSpec(type)
        {
            Fill = isZero ? "0" : " ",
            Align = isLeft ? '<' : isZero ? '=' : '>',
            Sign = flags.Contains('+', StringComparison.Ordinal) ? '+' : flags.Contains(' ', StringComparison.Ordinal) ? ' ' : '\0',
            IsAlternate = flags.Contains('#', StringComparison.Ordinal),
            Width = Math.Abs(width),
            Precision = FormatSpec.Limited(precision is { } given ? Math.Max(0, given) : null),
        };
        return Convert(ref frame, named ?? Next(), spec);
    }

    private static string Convert(ref Frame frame, Value value, FormatSpec spec)
    {
        switch (spec.Type)
        {
            case 's':
                return ValueFormat.Apply(ref frame, PythonText.Str(ref frame, value), spec);
            case 'r' or 'a':
                return ValueFormat.Apply(ref frame, PythonText.Repr(ref frame, value), spec with { Type = 's' });
            case 'c' when value.TryGetString(out var letter):
                return CodePoints.Count(letter) == 1
                    ? ValueFormat.Apply(ref frame, letter, spec with { Type = 's' })
                    : throw new TemplateFault("'%c' needs one character");
            case 'd' or 'i' or 'u':
                return ValueFormat.Apply(ref frame, Whole(value), spec with { Type = 'd' });
            case 'x' or 'X' or 'o' or 'c' when Numbers.TryInteger(value) is not null:
            case 'e' or 'E' or 'f' or 'F' or 'g' or 'G' when Kinds.IsNumber(value):
                return ValueFormat.Apply(ref frame, value, spec);
            case 'x' or 'X' or 'o' or 'c' or 'e' or 'E' or 'f' or 'F' or 'g' or 'G':
                throw new TemplateFault($"'%{spec.Type}' cannot show {Kinds.Describe(Kinds.Defined(value))}");
            default:
                throw new TemplateFault("A conversion of the format is not known");
        }
    }

    private static Value Whole(Value value) => Kinds.Defined(value).Kind switch
    {
        ValueKind.Double => Numbers.Truncate(value.AsDouble()),
        ValueKind.Decimal => Numbers.Truncate(value.AsDecimal()),
        _ => Numbers.TryInteger(value) ?? throw new TemplateFault($"'%d' needs a number, not {Kinds.Describe(value)}"),
    };

    private Value? Name(ref Frame frame)
    {
        if (_position >= _format.Length || _format[_position] != '(')
            return null;
        var end = _format.IndexOf(')', _position);
        if (end < 0)
            throw new TemplateFault("A name in the format is never closed");
        if (_named is null)
            throw new TemplateFault("The format takes values by name: give it a dictionary");
        frame.AllocateText(end - _position);
        var name = _format[(_position + 1)..end];
        _position = end + 1;
        return _named.TryGetValue(name, out var value)
            ? value
            : throw new TemplateFault("The dictionary has no value for a name in the format");
    }

    private string Flags()
    {
        var start = _position;
        while (_position < _format.Length && _format[_position] is '-' or '+' or ' ' or '0' or '#')
            _position++;
        return _format[start.._position];
    }

    private long? Star()
    {
        if (_position >= _format.Length || _format[_position] != '*')
            return null;
        _position++;
        return Math.Clamp(Numbers.Integer(Next(), "A width of the format"), -int.MaxValue, int.MaxValue);
    }

    private Value Next() => _used < _values.Length
        ? _values[_used++]
        : throw new TemplateFault("There are fewer values than the format takes");
}
