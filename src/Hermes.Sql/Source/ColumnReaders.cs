using System.Data;
using System.Data.Common;
using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Source;

/// <summary>How a column is read, by the type that the driver says it has: without boxing where there is a typed getter.</summary>
internal static class ColumnReaders
{
    /// <summary>Goes by the type of each value, for columns that have no typed getter.</summary>
    public static readonly ColumnReader Any = (reader, i) => DriverValues.Convert(reader.GetValue(i));

    private static readonly Dictionary<Type, ColumnReader> Typed = new()
    {
        [typeof(string)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetString(i),
        [typeof(long)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetInt64(i),
        [typeof(int)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : (long)reader.GetInt32(i),
        [typeof(short)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : (long)reader.GetInt16(i),
        [typeof(byte)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : (long)reader.GetByte(i),
        [typeof(bool)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetBoolean(i),
        [typeof(decimal)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetDecimal(i),
        [typeof(double)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : DriverValues.Finite(reader.GetDouble(i)),
        [typeof(float)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : DriverValues.Single(reader.GetFloat(i)),
        [typeof(DateTime)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetDateTime(i),
        [typeof(DateOnly)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetFieldValue<DateOnly>(i).ToDateTime(TimeOnly.MinValue),
        [typeof(DateTimeOffset)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetFieldValue<DateTimeOffset>(i).UtcDateTime,
        [typeof(Guid)] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetGuid(i).ToString("D", CultureInfo.InvariantCulture),
        [typeof(byte[])] = (reader, i) => reader.IsDBNull(i) ? Value.Null : reader.GetFieldValue<byte[]>(i),
    };

    /// <summary>Reads a decimal column that holds whole numbers only.</summary>
    public static readonly ColumnReader WholeDecimal = (reader, i) => reader.IsDBNull(i) ? Value.Null : DriverValues.Whole(reader.GetDecimal(i));

    /// <summary>The reader of a column.</summary>
    public static ColumnReader Choose(DbDataReader reader, int ordinal, Dialect dialect, ReadingRules rules, DataRow? schema)
    {
        var chosen = Choose(reader, ordinal, dialect, schema, rules);
        return rules.Unpadded && IsPadded(reader.GetDataTypeName(ordinal))
            ? (current, i) => chosen(current, i) is var value && value.TryGetString(out var text) ? text.TrimEnd(' ') : value
            : chosen;
    }

    private static ColumnReader Choose(DbDataReader reader, int ordinal, Dialect dialect, DataRow? schema, ReadingRules rules)
    {
        if (dialect.ReaderOf(reader, ordinal, rules) is { } special)
            return special;

        var type = TypeOf(reader, ordinal);
        if (dialect.HasDecimalIntegers && type == typeof(decimal) && IsWhole(schema))
            return WholeDecimal;
        return type is null ? Any : Typed.GetValueOrDefault(type, Any);
    }

    // CHAR of MySQL, CHARACTER of PostgreSQL, NCHAR: with its length or without.
    private static bool IsPadded(string type) =>
        type.Split('(')[0].Trim().ToUpperInvariant() is "CHAR" or "NCHAR" or "CHARACTER" or "NATIONAL CHARACTER" or "BPCHAR";

    // A driver may not know the type of a column (a composite, one made anew): then its values tell, or fail with the name of the column.
    private static Type? TypeOf(DbDataReader reader, int ordinal)
    {
        try
        {
            return reader.GetFieldType(ordinal);
        }
        catch (Exception failure) when (failure is InvalidCastException or NotSupportedException or InvalidOperationException)
        {
            return null;
        }
    }

    /// <summary>Whether a decimal column, as the driver describes it, holds whole numbers only.</summary>
    public static bool IsWhole(DataRow? schema) =>
        schema is not null && Number(schema, SchemaTableColumn.NumericScale) == 0 && Number(schema, SchemaTableColumn.NumericPrecision) > 0;

    private static int? Number(DataRow schema, string property) =>
        schema.Table.Columns.Contains(property) && schema[property] is var value and not DBNull ? Convert.ToInt32(value, CultureInfo.InvariantCulture) : null;
}
