using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using CsvHelper;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.Csv;

/// <summary>A data source that reads CSV files. It cannot be written to.</summary>
public sealed class CsvSource : IDataSource
{
    private readonly string _subject;
    private readonly CsvSourceOptions _options;

    /// <summary>Makes a source.</summary>
    /// <param name="name">The name of the source, for messages.</param>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    public CsvSource(string name, CsvSourceOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        Validator.ValidateObject(options, new ValidationContext(options), validateAllProperties: true);
        _subject = $"CSV source '{name}'";
        _options = options;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ReadAsync(operation, cancellationToken);
    }

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var file = SourceFile.Open(_subject, _options, operation);
        using var csv = CsvReader.Create(file.Reader, ReaderOptions(), leaveOpen: true);
        var columns = await ReadColumnsAsync(file, csv, cancellationToken);
        long rows = 0;
        CsvTrailer? trailer = null;
        while (await NextAsync(file, csv, cancellationToken))
        {
            if (trailer is not null)
                throw file.Malformed(csv.LineNumber, "There is a record behind the trailer.");
            trailer = CsvTrailer.Find(csv, _options, file);
            if (trailer is not null)
                continue;

            rows++;
            yield return new SourceRow(columns, ReadValues(file, csv, columns));
        }

        if (_options.Completeness == FileCompleteness.Trailer && trailer is null)
            throw file.Incomplete($"does not end with the trailer '{_options.Trailer}'");
        file.VerifyRows(trailer?.Rows, rows);
        await file.VerifyAsync(cancellationToken);
    }

    private async Task<RowColumns> ReadColumnsAsync(SourceFile file, CsvReader csv, CancellationToken cancellationToken)
    {
        string[] names = [.. _options.Columns];
        if (_options.HasHeader)
        {
            if (!await NextAsync(file, csv, cancellationToken))
                throw file.Incomplete("is empty; not even a header is in it");
            if (names.Length == 0)
                names = [.. Enumerable.Range(0, csv.FieldCount).Select(i => csv.GetString(i).Trim())];
            else if (names.Length != csv.FieldCount)
                throw file.Malformed(1, string.Create(CultureInfo.InvariantCulture, $"The header has {csv.FieldCount} columns, and Columns names {names.Length}."));
        }

        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(same => same.Count() > 1) is { Key: var twice })
            throw file.Malformed(1, $"Two columns are named '{twice}'. Set Columns to give them names of their own.");
        return new RowColumns(names);
    }

    private Value[] ReadValues(SourceFile file, CsvReader csv, RowColumns columns)
    {
        if (csv.FieldCount != columns.Count)
            throw file.Malformed(csv.LineNumber, string.Create(CultureInfo.InvariantCulture,
                $"The record has {csv.FieldCount} fields instead of {columns.Count}. Is the file cut off, or a delimiter not quoted?"));

        var values = new Value[columns.Count];
        for (var i = 0; i < values.Length; i++)
        {
            var text = csv.GetString(i);
            var type = _options.Types.TryGetValue(columns.Names[i], out var known) ? known : CsvColumnType.Text;
            if (text.Length == 0)
                values[i] = IsText(csv, i, type) ? Value.From("") : Value.Null;
            else if (!CsvValues.TryRead(text, type, _options.DateTimeFormat, out values[i]))
                throw file.Malformed(csv.LineNumber, $"The column '{columns.Names[i]}' holds a text that is not of type {type}.");
        }

        return values;
    }

    private bool IsText(CsvReader csv, int field, CsvColumnType type) => type == CsvColumnType.Text && _options.EmptyFields switch
    {
        EmptyField.Text => true,
        EmptyField.TextIfQuoted => csv.GetRawSpan(field).Length > 0,
        _ => false,
    };

    private CsvReaderOptions ReaderOptions() => new()
    {
        Separator = _options.Delimiter,
        HasHeader = false,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        DetectSeparatorHint = false,
    };

    private static async ValueTask<bool> NextAsync(SourceFile file, CsvReader csv, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        try
        {
            return await csv.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException failure)
        {
            throw file.Malformed(failure.LineNumber, failure.Message, failure);
        }
        catch (Exception failure) when (failure is IOException or DecoderFallbackException)
        {
            throw file.Unreadable(failure);
        }
    }
}
