using System.Collections;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using Hermes.Abstractions.Data;

namespace Hermes.Sql.Source;

/// <summary>Turns the objects of drivers into values.</summary>
internal static class DriverValues
{
    /// <summary>Converts an object of any type that a driver may return.</summary>
    /// <exception cref="UnsupportedValueException">There is no value for it.</exception>
    public static Value Convert(object source) => source switch
    {
        string text => text,
        long integer => integer,
        DBNull => Value.Null,
        double number => Finite(number),
        float number => Single(number),
        Guid guid => guid.ToString("D", CultureInfo.InvariantCulture),
        TimeSpan span => span.ToString("c", CultureInfo.InvariantCulture),
        TimeOnly time => time.ToString("HH:mm:ss.FFFFFFF", CultureInfo.InvariantCulture),
        char character => character.ToString(),
        IPAddress or PhysicalAddress or IPNetwork => source.ToString(),
        byte[] bytes => bytes,
        Array { Rank: > 1 } => throw new UnsupportedValueException(source.GetType(), "It has more than one dimension."),
        Array list => ToList(list),
        BitArray => throw new UnsupportedValueException(source.GetType(), null),
        _ => ValueConversion.TryConvert(source, out var value) ? value : throw new UnsupportedValueException(source.GetType(), null),
    };

    /// <summary>A floating-point number that is one.</summary>
    public static Value Finite(double number) =>
        double.IsFinite(number)
            ? number
            : throw new UnsupportedValueException(typeof(double), "It is not a finite number.");

    /// <summary>
    /// A floating-point number of 32 bits, by its digits: 0.1 and not 0.10000000149011612, which is what it becomes when bits are added to it.
    /// </summary>
    public static Value Single(float number) => Finite(float.IsFinite(number)
        ? double.Parse(number.ToString("R", CultureInfo.InvariantCulture), CultureInfo.InvariantCulture)
        : number);

    /// <summary>A whole number: an integer if it fits 64 bits.</summary>
    public static Value Whole(decimal number) => number is >= long.MinValue and <= long.MaxValue ? Value.From((long)number) : Value.From(number);

    private static Value ToList(Array items)
    {
        var values = new Value[items.Length];
        var at = 0;
        foreach (var item in items)
            values[at++] = item is null ? Value.Null : Convert(item);
        return ValueList.Create(values);
    }
}
