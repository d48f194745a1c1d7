using System.Data.Common;
using System.Diagnostics.CodeAnalysis;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;
using Hermes.Sql.Source;

namespace Hermes.Sql.Dialects;

/// <summary>Reads the columns of PostgreSQL whose values Npgsql would change on the way, and arrays.</summary>
internal static partial class PostgreSqlColumns
{
    // Npgsql's own way to hold an address with its mask; its usual one drops the mask.
    private const string AddressType = "NpgsqlTypes.NpgsqlInet";

    /// <summary>A reader by the name of the type, or null to go by the driver's type.</summary>
    public static ColumnReader? Of(DbDataReader reader, string type)
    {
        if (WholeNumeric.Match(type) is { Success: true } whole)
            return whole.Groups["list"].Success ? WholeList : ColumnReaders.WholeDecimal;
        return type switch
        {
            "date" or "timestamp without time zone" or "timestamp with time zone" or "timestamp" or "timestamptz" => FiniteDate,
            _ when type.StartsWith("timestamp", StringComparison.Ordinal) && !type.EndsWith("[]", StringComparison.Ordinal) => FiniteDate,
            _ when type.StartsWith("time", StringComparison.Ordinal) && type.EndsWith("with time zone", StringComparison.Ordinal) => ZonedTime,
            "timetz" => ZonedTime,
            "inet" => Address(reader),
            // Arrays are read with nullable elements, because an array that holds a null cannot be read otherwise.
            "bigint[]" => List<long?>,
            "integer[]" => List<int?>,
            "smallint[]" => List<short?>,
            "boolean[]" => List<bool?>,
            "double precision[]" => List<double?>,
            "real[]" => List<float?>,
            "uuid[]" => List<Guid?>,
            "date[]" => Dates,
            _ when type.StartsWith("numeric", StringComparison.Ordinal) && type.EndsWith("[]", StringComparison.Ordinal) => List<decimal?>,
            _ when type.StartsWith("timestamp", StringComparison.Ordinal) && type.EndsWith("[]", StringComparison.Ordinal) => Dates,
            "inet[]" or "time with time zone[]" or "timetz[]" => (_, _) =>
                throw new UnsupportedValueException(typeof(Array), "The driver drops a part of the values in arrays of this type."),
            _ => null,
        };
    }

    private static Value List<TElement>(DbDataReader reader, int ordinal) =>
        reader.IsDBNull(ordinal) ? Value.Null : DriverValues.Convert(reader.GetFieldValue<TElement[]>(ordinal));

    private static Value WholeList(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal)
        ? Value.Null
        : ValueList.Create(reader.GetFieldValue<decimal?[]>(ordinal).Select(item => item is { } number ? DriverValues.Whole(number) : Value.Null));

    private static Value Dates(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal)
        ? Value.Null
        : ValueList.Create(reader.GetFieldValue<DateTime?[]>(ordinal).Select(item => item is { } date ? Finite(date) : Value.Null));

    private static Value FiniteDate(DbDataReader reader, int ordinal) => reader.IsDBNull(ordinal) ? Value.Null : Finite(reader.GetDateTime(ordinal));

    // The driver's dates for infinity. PostgreSQL keeps microseconds, so that no real date is the greatest of .NET.
    private static Value Finite(DateTime date) => date == DateTime.MaxValue || date == DateTime.MinValue
        ? throw new UnsupportedValueException(
            typeof(DateTime), "It is infinite (or the first day of year 1). NULLIF(column, 'infinity') makes it not set, CAST(column AS text) a text.")
        : date;

    private static Value ZonedTime(DbDataReader reader, int ordinal)
    {
        if (reader.IsDBNull(ordinal))
            return Value.Null;
        var time = reader.GetFieldValue<DateTimeOffset>(ordinal);
        return time.TimeOfDay.ToString("c", CultureInfo.InvariantCulture).TrimFraction() + time.ToString("zzz", CultureInfo.InvariantCulture);
    }

    private static string TrimFraction(this string time) => time.Contains('.', StringComparison.Ordinal) ? time.TrimEnd('0') : time;

    [UnconditionalSuppressMessage("Trimming", "IL2026", Justification = "Whoever trims a program keeps its driver whole, as the documentation says.")]
    private static ColumnReader Address(DbDataReader reader)
    {
        var type = reader.GetType().Assembly.GetType(AddressType);
        var read = type is null || !RuntimeFeature.IsDynamicCodeSupported ? null : typeof(DbDataReader).GetMethod(nameof(DbDataReader.GetFieldValue))!.MakeGenericMethod(type);
        return read is null
            ? (_, _) => throw new UnsupportedValueException(typeof(System.Net.IPAddress), "This version of the driver drops its mask.")
            : (current, ordinal) => current.IsDBNull(ordinal) ? Value.Null : read.Invoke(current, [ordinal])!.ToString();
    }

    [GeneratedRegex(@"^numeric\(\d+(, ?(0|-\d+))?\)(?<list>\[\])?$", RegexOptions.ExplicitCapture)]
    private static partial Regex WholeNumeric { get; }
}
