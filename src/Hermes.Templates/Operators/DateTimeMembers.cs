using Hermes.Abstractions.Data;

namespace Hermes.Templates.Operators;

/// <summary>The attributes of a date and time, named as in Python.</summary>
internal static class DateTimeMembers
{
    public static Value Get(DateTime value, string name) => name switch
    {
        "year" => value.Year,
        "month" => value.Month,
        "day" => value.Day,
        "hour" => value.Hour,
        "minute" => value.Minute,
        "second" => value.Second,
        "microsecond" => (value.Millisecond * 1000) + value.Microsecond,
        _ => Value.Undefined,
    };
}
