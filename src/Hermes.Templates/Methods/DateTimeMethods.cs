using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Methods;

/// <summary>Methods of dates and times, named as in Python.</summary>
internal static class DateTimeMethods
{
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
        new FixedMethod(ValueKind.Object, "total_seconds", [], static (ref _, target, _) => TimeDelta.Of(target) is { } delta
            ? delta.Span.TotalSeconds
            : throw new TemplateFault($"{Kinds.Describe(target)} has no method 'total_seconds'")),
    ];
}
