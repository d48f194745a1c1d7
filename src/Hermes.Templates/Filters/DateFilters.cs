using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;
using static Hermes.Templates.Compilation.Parameter;

namespace Hermes.Templates.Filters;

/// <summary>Filters that read and write dates and times.</summary>
internal static class DateFilters
{
    private const double MaxSeconds = 253402300799;
    private const double MinSeconds = -62135596800;

    public static IEnumerable<Filter> All =>
    [
        new("to_datetime", [Optional("format", "%Y-%m-%d %H:%M:%S")], static (ref frame, input, arguments) =>
            input.Kind == ValueKind.DateTime ? input
            : DateTimeParse.Of(ref frame, PythonText.Str(ref frame, input), PythonText.Str(ref frame, arguments[0]))),
        new("strftime", [Optional("second", Value.Null), Optional("utc", false)], Format),
        new("in_zone", ["zone", Optional("source", "UTC")], Convert),
    ];

    /// <summary>As in Ansible the format stands before the bar, and the time is given in seconds since 1970; now if it is not.</summary>
    private static Value Format(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        var format = PythonText.Str(ref frame, input);
        if (arguments[0].Kind == ValueKind.DateTime)
            return DateTimeFormat.Apply(ref frame, arguments[0].AsDateTime(), format);
        var time = arguments[0].IsNull ? frame.Time.GetUtcNow().UtcDateTime : FromEpoch(ref frame, arguments[0]);
        return DateTimeFormat.Apply(
            ref frame,
            Truth.Of(arguments[1]) ? time : TimeZoneInfo.ConvertTimeFromUtc(time, frame.Time.LocalTimeZone),
            format);
    }

    private static DateTime FromEpoch(ref Frame frame, Value seconds)
    {
        var isNumber = Kinds.IsNumber(Kinds.Defined(seconds));
        var value = isNumber ? Numbers.ToDouble(seconds) : 0;
        if (!isNumber && !Numbers.TryParseFloat(PythonText.Str(ref frame, seconds), out value))
            throw new TemplateFault($"'strftime' needs seconds since 1970, not {Kinds.Describe(seconds)}");
        return value is >= MinSeconds and <= MaxSeconds
            ? DateTime.UnixEpoch.AddTicks((long)(Math.Round(value * 1e6) * TimeSpan.TicksPerMicrosecond))
            : throw new TemplateFault("The seconds given to 'strftime' are out of range");
    }

    /// <summary>From the wall clock of one zone to that of another; the zones are named as in the database of IANA.</summary>
    private static Value Convert(ref Frame frame, Value input, ReadOnlySpan<Value> arguments)
    {
        if (Kinds.Defined(input).Kind != ValueKind.DateTime)
            throw new TemplateFault($"'in_zone' needs a date and time, not {Kinds.Describe(input)}: use 'to_datetime' before it");
        var (to, from) = (Zone(ref frame, arguments[0]), Zone(ref frame, arguments[1]));
        try
        {
            return TimeZoneInfo.ConvertTime(input.AsDateTime(), from, to);
        }
        catch (ArgumentException)
        {
            throw new TemplateFault("There is no such time in the zone: its clocks skip it");
        }
    }

    private static TimeZoneInfo Zone(ref Frame frame, Value name)
    {
        frame.AllocateBytes(20_000);
        frame.Step(1_000);
        var text = PythonText.Str(ref frame, name);
        return text.Length <= 64 && TimeZoneInfo.TryFindSystemTimeZoneById(text, out var zone)
            ? zone
            : throw new TemplateFault("This time zone is not known; one is written as 'Europe/Paris'");
    }
}
