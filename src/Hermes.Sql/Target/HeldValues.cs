using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Sql.Source;

namespace Hermes.Sql.Target;

/// <summary>
/// Whether a column holds what was written to it. Databases keep a value in the type of its column: a Boolean as 0 or 1, a date as a text, a list as JSON, a number with the
/// digits of a column of 32 bits, a time without the fraction that the column lacks. Pure.
/// </summary>
internal static class HeldValues
{
    private static readonly TimeSpan Second = TimeSpan.FromSeconds(1);

    // The datetime of SQL Server counts in steps of a three-hundredth of a second.
    private static readonly TimeSpan Steps = TimeSpan.FromMilliseconds(4);

    /// <summary>Whether a column that was given a value holds what was read.</summary>
    public static bool AreSame(Value given, Value held)
    {
        if (!given.IsSet || !held.IsSet)
            return given.IsSet == held.IsSet;
        return given == held || (given.Kind, held.Kind) switch
        {
            (ValueKind.List or ValueKind.Map, ValueKind.String) => IsJsonOf(given, held.AsString()),
            (ValueKind.List, ValueKind.List) => given.AsList().Count == held.AsList().Count && given.AsList().Zip(held.AsList()).All(pair => AreSame(pair.First, pair.Second)),
            (ValueKind.String, ValueKind.String) => AreSameTexts(given.AsString(), held.AsString()),
            (ValueKind.DateTime, ValueKind.DateTime) => AreSameTimes(given.AsDateTime(), held.AsDateTime()),
            (ValueKind.DateTime, ValueKind.String) => SqliteDates.TryRead(held.AsString(), out var time) && AreSameTimes(given.AsDateTime(), time),
            (ValueKind.String, ValueKind.DateTime) => SqliteDates.TryRead(given.AsString(), out var time) && AreSameTimes(time, held.AsDateTime()),
            _ => Number(given) is { IsSet: true } left && Number(held) is { IsSet: true } right && AreSameNumbers(left, right),
        };
    }

    // Columns of a fixed length drop blanks at the end, or what is read of them does.
    private static bool AreSameTexts(string given, string held) =>
        given.TrimEnd(' ') == held || (Guid.TryParse(given, out var id) && Guid.TryParse(held, out var other) && id == other);

    private static bool IsJsonOf(Value given, string held)
    {
        var written = PlainJson.ToText(given);
        if (written == held)
            return true;
        try
        {
            using var left = JsonDocument.Parse(written);
            using var right = JsonDocument.Parse(held);
            return PlainJson.Read(left.RootElement) == PlainJson.Read(right.RootElement);
        }
        catch (Exception problem) when (problem is JsonException or FormatException)
        {
            // A text that somebody else wrote is no form of this value.
            return false;
        }
    }

    // As far as what is held goes: days, seconds, thousandths or millionths.
    private static bool AreSameTimes(DateTime given, DateTime held)
    {
        var apart = (given - held).Duration();
        if (apart < TimeSpan.FromMicroseconds(1))
            return true;
        if (held.TimeOfDay == TimeSpan.Zero && given.Date == held)
            return true;
        return held.Ticks % TimeSpan.TicksPerSecond == 0 ? apart < Second : held.Ticks % TimeSpan.TicksPerMillisecond == 0 && apart < Steps;
    }

    private static bool AreSameNumbers(Value given, Value held)
    {
        if (given.Kind != ValueKind.Double && held.Kind != ValueKind.Double)
            return Exact(given) == Exact(held);
        var (left, right) = (Inexact(given), Inexact(held));

        // A column of 32 bits was read by its digits.
        return left == right || (double.Parse(((float)right).ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture) == right && (float)left == (float)right);
    }

    private static Value Number(Value value) => value.Kind switch
    {
        ValueKind.Boolean => value.AsBoolean() ? 1 : 0,
        ValueKind.Integer or ValueKind.Decimal or ValueKind.Double => value,
        ValueKind.String => NumberIn(value.AsString()),
        _ => Value.Null,
    };

    private static Value NumberIn(string text)
    {
        if (decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) && !text.Contains('E', StringComparison.OrdinalIgnoreCase))
            return exact;
        return double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) && double.IsFinite(number) ? number : Value.Null;
    }

    private static decimal Exact(Value number) => number.Kind == ValueKind.Integer ? number.AsInteger() : number.AsDecimal();

    private static double Inexact(Value number) => number.Kind == ValueKind.Double ? number.AsDouble() : (double)Exact(number);
}
