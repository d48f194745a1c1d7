using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Operators;

/// <summary>A span of time, as <c>timedelta(days=30)</c> makes it and the difference of two dates is one; with the members of Python's.</summary>
internal sealed class TimeDelta(TimeSpan span) : TemplateObject
{
    public TimeSpan Span => span;

    public override string Description => "a span of time";

    /// <summary>Days are rounded down, so that the rest is never negative.</summary>
    private long Days => (long)Math.Floor(span.Ticks / (double)TimeSpan.TicksPerDay) is var days && days * TimeSpan.TicksPerDay > span.Ticks ? days - 1 : days;

    private TimeSpan Rest => TimeSpan.FromTicks(span.Ticks - (Days * TimeSpan.TicksPerDay));

    private long Microseconds => Rest.Ticks % TimeSpan.TicksPerSecond / TimeSpan.TicksPerMicrosecond;

    public static TimeDelta? Of(Value value) => value.Kind == ValueKind.Object ? value.AsObject() as TimeDelta : null;

    public override bool TryGetMember(string name, [MaybeNullWhen(false)] out Value value)
    {
        value = name switch
        {
            "days" => Days,
            "seconds" => (long)Rest.TotalSeconds,
            "microseconds" => Microseconds,
            _ => Value.Undefined,
        };
        return name is "days" or "seconds" or "microseconds";
    }

    /// <summary>As Python's <c>str()</c>: <c>1 day, 2:00:00</c>.</summary>
    public string Text()
    {
        var days = Days == 0 ? "" : Math.Abs(Days) == 1 ? $"{Days} day, " : $"{Days} days, ";
        var fraction = Microseconds == 0 ? "" : $".{Microseconds:D6}";
        return string.Create(CultureInfo.InvariantCulture, $"{days}{Rest.Hours}:{Rest.Minutes:D2}:{Rest.Seconds:D2}{fraction}");
    }
}
