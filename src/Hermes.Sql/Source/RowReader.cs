using System.Data.Common;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Source;

/// <summary>Turns the current row of a driver's reader into a row of a source.</summary>
internal sealed class RowReader
{
    private readonly string _subject;
    private readonly DbDataReader _reader;
    private readonly RowColumns _columns;
    private readonly int[] _ordinals;
    private readonly ColumnReader[] _readers;

    /// <summary>Chooses the columns and how each is read.</summary>
    /// <param name="subject">The source, for messages.</param>
    /// <param name="reader">The driver's reader.</param>
    /// <param name="dialect">The dialect of the database.</param>
    /// <param name="wanted">
    /// The columns that are needed. If one of them is missing all are read, so that the row shows what there is; also if none is named.
    /// </param>
    public RowReader(string subject, DbDataReader reader, Dialect dialect, IReadOnlyList<string> wanted)
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
        _readers = [.. _ordinals.Select(i => ColumnReaders.Choose(reader, i, dialect, schema?.Rows[i]))];
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
            throw Unreadable(i, failure.Type, failure);
        }
        catch (Exception failure) when (failure is InvalidCastException or OverflowException or FormatException or NotSupportedException)
        {
            throw Unreadable(i, _reader.GetFieldType(_ordinals[i]), failure);
        }

        return new SourceRow(_columns, values);
    }

    private RowColumns Columns(string[] names) =>
        names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var name }
        ? throw new SourceException($"{_subject}: the query returns two columns named '{name}'. Give one of them an alias (AS ...).",
            FaultKind.Permanent)
        : new RowColumns(names);

    private SourceException Unreadable(int column, Type type, Exception failure) => new(
        $"{_subject}: the column '{_columns.Names[column]}' (database type {_reader.GetDataTypeName(_ordinals[column])}, driver type {type.FullName}) "
        + $"holds a value that cannot be an attribute. {failure.Message} Convert it in the query (CAST ... AS ...), or leave the column out.",
        FaultKind.Permanent,
        failure);
}
