using System.Globalization;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Reads dates and times by a format of Python's <c>strptime</c>, with English names. What the format leaves open is the first of January 1900.</summary>
internal ref struct DateTimeParse(ReadOnlySpan<char> text)
{
    private ReadOnlySpan<char> _rest = text;
    private int _year = 1900;
    private int _month = 1;
    private int _day = 1;
    private int? _dayOfYear;
    private int _hour;
    private bool? _isAfternoon;
    private int _minute;
    private int _second;
    private int _microsecond;
    private TimeSpan _offset;

    /// <summary>The date and time; if the format has an offset (<c>%z</c>), in UTC.</summary>
    /// <exception cref="TemplateFault">The text is not written so, there is no such date, or a directive is not known.</exception>
    public static DateTime Of(ref Frame frame, string text, string format)
    {
        frame.Step(format.Length);
        frame.AllocateText(200);
        var parse = new DateTimeParse(text);
        parse.Read(format);
        return parse._rest.IsEmpty ? parse.Result() : throw Mismatch();
    }

    private void Read(scoped ReadOnlySpan<char> format)
    {
        for (var i = 0; i < format.Length; i++)
        {
            if (char.IsWhiteSpace(format[i]))
            {
                // As in Python, white space stands for any of it, or none.
                _rest = _rest.TrimStart();
                continue;
            }

            if (format[i] == '%' && i + 1 < format.Length)
                Directive(format[++i]);
            else
                Literal(format[i]);
        }
    }

    private void Directive(char directive)
    {
        switch (directive)
        {
            case 'Y': _year = Number(4, 4); break;
            case 'y': _year = Number(2, 2) is var year && year < 69 ? 2000 + year : 1900 + year; break;
            case 'm': _month = Number(1, 2); break;
            case 'd' or 'e': _day = Number(1, 2); break;
            case 'j': _dayOfYear = Number(1, 3); break;
            case 'H': _hour = Number(1, 2); break;
            case 'I': _hour = Number(1, 2) is >= 1 and <= 12 and var hour ? hour % 12 : throw Mismatch(); break;
            case 'p': _isAfternoon = Name(["AM", "PM"]) == 1; break;
            case 'M': _minute = Number(1, 2); break;
            case 'S': _second = Number(1, 2); break;
            case 'f': Fraction(); break;
            case 'b' or 'h': _month = 1 + Name(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedMonthNames.AsSpan(0, 12)); break;
            case 'B': _month = 1 + Name(CultureInfo.InvariantCulture.DateTimeFormat.MonthNames.AsSpan(0, 12)); break;
            case 'a': Name(CultureInfo.InvariantCulture.DateTimeFormat.AbbreviatedDayNames); break;
            case 'A': Name(CultureInfo.InvariantCulture.DateTimeFormat.DayNames); break;
            case 'z': Offset(); break;
            case 'F': Read("%Y-%m-%d"); break;
            case 'T': Read("%H:%M:%S"); break;
            case 'R': Read("%H:%M"); break;
            case '%': Literal('%'); break;
            default: throw new TemplateFault("A directive of the format is not known where dates are read");
        }
    }

    private readonly DateTime Result()
    {
        try
        {
            var hour = _isAfternoon == true ? (_hour % 12) + 12 : _hour;
            var time = new DateTime(_year, _month, _day, hour, _minute, _second).AddMicroseconds(_microsecond);
            if (_dayOfYear is { } day)
                time = new DateTime(_year, 1, 1).AddDays(day - 1) is var date && date.Year == _year ? date + time.TimeOfDay : throw Mismatch();
            return time - _offset;
        }
        catch (ArgumentOutOfRangeException)
        {
            throw Mismatch();
        }
    }

    private static TemplateFault Mismatch() => new("The text is no date and time of this format");

    private void Literal(char letter)
    {
        if (_rest.IsEmpty || char.ToUpperInvariant(_rest[0]) != char.ToUpperInvariant(letter))
            throw Mismatch();
        _rest = _rest[1..];
    }

    private int Number(int least, int most)
    {
        var length = 0;
        while (length < most && length < _rest.Length && char.IsAsciiDigit(_rest[length]))
            length++;
        if (length < least)
            throw Mismatch();
        var number = int.Parse(_rest[..length], NumberStyles.None, CultureInfo.InvariantCulture);
        _rest = _rest[length..];
        return number;
    }

    private void Fraction()
    {
        var before = _rest.Length;
        _microsecond = Number(1, 6);
        for (var digits = before - _rest.Length; digits < 6; digits++)
            _microsecond *= 10;
    }

    private int Name(scoped ReadOnlySpan<string> names)
    {
        for (var i = 0; i < names.Length; i++)
        {
            if (!_rest.StartsWith(names[i], StringComparison.OrdinalIgnoreCase))
                continue;
            _rest = _rest[names[i].Length..];
            return i;
        }

        throw Mismatch();
    }

    private void Offset()
    {
        if (!_rest.IsEmpty && _rest[0] is 'Z' or 'z')
        {
            _rest = _rest[1..];
            return;
        }

        if (_rest.IsEmpty || _rest[0] is not ('+' or '-'))
            throw Mismatch();
        var sign = _rest[0] == '-' ? -1 : 1;
        _rest = _rest[1..];
        var hours = Number(2, 2);
        if (!_rest.IsEmpty && _rest[0] == ':')
            _rest = _rest[1..];
        _offset = sign * new TimeSpan(hours, Number(2, 2), 0);
    }
}
