using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of dates and times, named as in Python.</summary>
internal static class DateTimeMethods
{
    private static readonly string[] Fields = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

    public static IEnumerable<Method> All =>
    [
        new FixedMethod(ValueKind.DateTime, "strftime", ["format"], static (ref frame, target, arguments) =>
            DateTimeFormat.Apply(ref frame, target.AsDateTime(), Arguments.Text(arguments[0], "The format"))),
        new FixedMethod(ValueKind.DateTime, "isoformat", [Optional("sep", "T")], static (ref frame, target, arguments) =>
            Arguments.Letter(arguments[0]) is [var separator]
                ? PythonText.DateTimeText(ref frame, target.AsDateTime(), separator)
                : throw new TemplateFault("The separator must be one character")),
        new FixedMethod(ValueKind.DateTime, "weekday", [], static (ref _, target, _) => ((int)target.AsDateTime().DayOfWeek + 6) % 7),
        new FixedMethod(ValueKind.DateTime, "isoweekday", [], static (ref _, target, _) =>
            (((int)target.AsDateTime().DayOfWeek + 6) % 7) + 1),
        new FixedMethod(ValueKind.DateTime, "timestamp", [], static (ref _, target, _) =>
            (target.AsDateTime() - DateTime.UnixEpoch).Ticks / (double)TimeSpan.TicksPerSecond),
        new FixedMethod(ValueKind.DateTime, "replace", [.. Fields.Select(name => Optional(name, Value.Null))], Replace),
        new FixedMethod(ValueKind.Object, "total_seconds", [], static (ref _, target, _) => TimeDelta.Of(target) is { } delta
            ? delta.Span.TotalSeconds
            : throw new TemplateFault($"{Kinds.Describe(target)} has no method 'total_seconds'")),
    ];

    /// <summary>With the fields that are given, the others as they are.</summary>
    private static Value Replace(ref Frame frame, Value target, ReadOnlySpan<Value> arguments)
    {
        var time = target.AsDateTime();
        Span<int> fields = [time.Year, time.Month, time.Day, time.Hour, time.Minute, time.Second, (time.Millisecond * 1000) + time.Microsecond];
        for (var i = 0; i < fields.Length; i++)
        {
            if (!arguments[i].IsNull)
                fields[i] = (int)Math.Clamp(Numbers.Integer(arguments[i], $"The {Fields[i]}"), -1, 1_000_000);
        }

        try
        {
            return new DateTime(fields[0], fields[1], fields[2], fields[3], fields[4], fields[5], fields[6] / 1000, fields[6] % 1000);
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new TemplateFault("There is no such date and time");
        }
    }
}
