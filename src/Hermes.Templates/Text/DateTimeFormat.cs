using System.Globalization;
using System.Text;
using Hermes.Templates.Evaluation;

namespace Hermes.Templates.Text;

/// <summary>Dates and times by a format of <c>strftime</c>, with English names.</summary>
internal static class DateTimeFormat
{
    /// <exception cref="TemplateFault">A directive of the format is not known.</exception>
    public static string Apply(ref Frame frame, DateTime value, string format)
    {
        frame.AllocateBuilt(format.Length * 16L);
        var result = new StringBuilder();
        for (var i = 0; i < format.Length; i++)
        {
            if (format[i] != '%' || i + 1 == format.Length)
            {
                result.Append(format[i]);
                continue;
            }

            frame.AllocateText(40);
            result.Append(Directive(ref frame, value, format[++i]));
        }

        return result.ToString();
    }

    private static string Directive(ref Frame frame, DateTime value, char directive) => directive switch
    {
        'Y' => Number(value.Year, 4),
        'C' => Number(value.Year / 100, 2),
        'y' => Number(value.Year % 100, 2),
        'm' => Number(value.Month, 2),
        'd' => Number(value.Day, 2),
        'e' => value.Day.ToString(CultureInfo.InvariantCulture).PadLeft(2),
        'H' => Number(value.Hour, 2),
        'I' => Number(((value.Hour + 11) % 12) + 1, 2),
        'M' => Number(value.Minute, 2),
        'S' => Number(value.Second, 2),
        'f' => Number((value.Millisecond * 1000) + value.Microsecond, 6),
        'p' => value.Hour < 12 ? "AM" : "PM",
        'j' => Number(value.DayOfYear, 3),
        'a' => value.ToString("ddd", CultureInfo.InvariantCulture),
        'A' => value.ToString("dddd", CultureInfo.InvariantCulture),
        'b' or 'h' => value.ToString("MMM", CultureInfo.InvariantCulture),
        'B' => value.ToString("MMMM", CultureInfo.InvariantCulture),
        'u' => Number((((int)value.DayOfWeek + 6) % 7) + 1, 1),
        'w' => Number((int)value.DayOfWeek, 1),
        'U' => Number((value.DayOfYear + 6 - (int)value.DayOfWeek) / 7, 2),
        'W' => Number((value.DayOfYear + 6 - (((int)value.DayOfWeek + 6) % 7)) / 7, 2),
        'V' => Number(ISOWeek.GetWeekOfYear(value), 2),
        'G' => Number(ISOWeek.GetYear(value), 4),
        'F' => Apply(ref frame, value, "%Y-%m-%d"),
        'D' or 'x' => Apply(ref frame, value, "%m/%d/%y"),
        'T' or 'X' => Apply(ref frame, value, "%H:%M:%S"),
        'R' => Apply(ref frame, value, "%H:%M"),
        'r' => Apply(ref frame, value, "%I:%M:%S %p"),
        'c' => Apply(ref frame, value, "%a %b %e %H:%M:%S %Y"),
        's' => Number((long)(value - DateTime.UnixEpoch).TotalSeconds, 1),
        'n' => "\n",
        't' => "\t",
        'z' or 'Z' => "", // A date and time has no time zone.
        '%' => "%",
        _ => throw new TemplateFault("A directive of the format is not known"),
    };

    private static string Number(long value, int digits) => value.ToString("D" + digits, CultureInfo.InvariantCulture);
}
