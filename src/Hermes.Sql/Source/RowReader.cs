using System.Data.Common;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Dialects;
using Hermes.Sql.Faults;

namespace Hermes.Sql.Source;

/// <summary>Turns the current row of a driver's reader into a row of a source.</summary>
internal sealed class RowReader
{
    private readonly string _subject;
    private readonly DbDataReader _reader;
    private readonly RowColumns _columns;
    private readonly int[] _ordinals;
    private readonly ColumnReader[] _readers;
    private readonly string?[] _remedies;

    /// <summary>Chooses the columns and how each is read.</summary>
    /// <param name="subject">The source, for messages.</param>
    /// <param name="reader">The driver's reader.</param>
    /// <param name="dialect">The dialect of the database.</param>
    /// <param name="rules">What the settings of the source say about reading.</param>
    /// <param name="wanted">
    /// The columns that are needed. If one of them is missing all are read, so that the row shows what there is; also if none is named.
    /// </param>
    public RowReader(string subject, DbDataReader reader, Dialect dialect, ReadingRules rules, IReadOnlyList<string> wanted)
    {
        _subject = subject;
        _reader = reader;
        var names = Enumerable.Range(0, reader.FieldCount).Select(reader.GetName).ToArray();
        var needed = wanted.ToHashSet(StringComparer.Ordinal);
        if (needed.Count == 0 || !needed.IsSubsetOf(names))
            needed = [.. names];

        _ordinals = [.. Enumerable.Range(0, names.Length).Where(i => needed.Contains(names[i]))];
        _columns = Columns([.. _ordinals.Select(i => names[i])]);
        var schema = dialect.HasDecimalIntegers ? reader.GetSchemaTable() : null;
        _readers = [.. _ordinals.Select(i => ColumnReaders.Choose(reader, i, dialect, rules, schema?.Rows[i]))];
        _remedies = [.. _ordinals.Select(i => dialect.RemedyOf(reader, i))];
    }

    /// <summary>The current row.</summary>
    /// <exception cref="SourceException">A value cannot be read; names the column.</exception>
    public SourceRow Read()
    {
        var values = new Value[_readers.Length];
        var i = 0;
        try
        {
            for (; i < values.Length; i++)
                values[i] = _readers[i](_reader, _ordinals[i]);
        }
        catch (UnsupportedValueException failure)
        {
            throw Unreadable(i, failure.Message);
        }
        catch (Exception failure) when (!SqlFailure.IsFailure(failure))
        {
            // What the driver says may show the value.
            throw Unreadable(i, $"The driver cannot read it ({failure.GetType().Name}).");
        }

        return new SourceRow(_columns, values);
    }

    private RowColumns Columns(string[] names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var name }
        ? throw new SourceException($"{_subject}: the query returns two columns named '{name}'. Give one of them an alias (AS ...).",
            FaultKind.Permanent)
        : new RowColumns(names);

    private SourceException Unreadable(int column, string problem) => new(
        $"{_subject}: the column '{_columns.Names[column]}' (database type {DatabaseType(_ordinals[column])}) holds a value that cannot be an attribute. "
        + $"{problem} {_remedies[column] ?? "Convert it in the query (CAST ... AS ...), or leave the column out."}",
        FaultKind.Permanent);

    private string DatabaseType(int ordinal)
    {
        try
        {
            return _reader.GetDataTypeName(ordinal);
        }
        catch (Exception failure) when (failure is InvalidCastException or NotSupportedException or InvalidOperationException)
        {
            return "unknown";
        }
    }
}
