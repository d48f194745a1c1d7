using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Runtime.CompilerServices;
using CsvHelper;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;

namespace Hermes.Files.Sources.Csv;

/// <summary>A data source that reads CSV files, and files with columns of fixed width. It cannot be written to.</summary>
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
        PartOptions.Require(options);
        _subject = $"CSV source '{name}'";
        _options = options;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return SourceFiles.Of(_subject, _options, operation).ReadAsync(file => ReadAsync(file, operation, cancellationToken), cancellationToken);
    }

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceFile file, SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        using var records = new CsvRecords(file, _options);
        var columns = await ReadColumnsAsync(file, records, operation.Attributes, cancellationToken);
        var blank = new BlankRecords(columns);
        long rows = 0;
        CsvTrailer? trailer = null;
        while (await records.NextAsync(cancellationToken))
        {
            if (blank.Take(records))
                continue;
            if (trailer is not null)
                throw file.Malformed(records.Line, "There is a record behind the trailer.");
            trailer = CsvTrailer.Find(records, _options, file);
            if (trailer is not null)
                continue;

            foreach (var row in blank.NotAtTheEnd())
            {
                rows++;
                yield return row;
            }

            rows++;
            yield return columns.Read(records.Current, records.Line);
        }

        if (_options.Completeness == FileCompleteness.Trailer && trailer is null)
            throw file.Incomplete($"does not end with the trailer '{_options.Trailer}'");
        file.VerifyRows(trailer?.Rows, rows);
    }

    private async Task<CsvColumns> ReadColumnsAsync(
        SourceFile file, CsvRecords records, IReadOnlyList<string> wanted, CancellationToken cancellationToken)
    {
        string[] names = [.. _options.Columns];
        long line = 1;
        if (_options.HasHeader)
        {
            if (!await records.NextAsync(cancellationToken))
                throw file.Incomplete("is empty; not even a header is in it");
            line = records.Line;
            var fields = records.Current.FieldCount;
            if (names.Length == 0)
                names = [.. Enumerable.Range(0, fields).Select(i => records.Current.GetString(i).Trim())];
            else if (names.Length != fields)
                throw file.Malformed(line, string.Create(CultureInfo.InvariantCulture, $"The header has {fields} columns, and Columns names {names.Length}."));
        }

        return new CsvColumns(_options, file, line, names, wanted);
    }
}

/// <summary>
/// Records of nothing but delimiters, as spreadsheets write them behind the last row. There they are left out; where another record follows they are rows
/// like all others, and their missing keys are seen.
/// </summary>
internal sealed class BlankRecords(CsvColumns columns)
{
    private readonly Queue<Func<SourceRow>> _kept = [];

    /// <summary>Keeps the current record if it is one.</summary>
    public bool Take(CsvRecords records)
    {
        if (!CsvColumns.IsBlank(records.Current))
            return false;
        var (line, fields) = (records.Line, records.Current.FieldCount);
        _kept.Enqueue(() => columns.Blank(fields, line));
        return true;
    }

    /// <summary>The records that were kept, since they were not the last ones.</summary>
    public IEnumerable<SourceRow> NotAtTheEnd()
    {
        while (_kept.TryDequeue(out var row))
            yield return row();
    }
}

/// <summary>The last record of a file that says that it is the last.</summary>
/// <param name="Rows">How many rows there are, if it says so.</param>
internal sealed record CsvTrailer(long? Rows)
{
    /// <summary>The current record as a trailer, or null.</summary>
    public static CsvTrailer? Find(CsvRecords records, CsvSourceOptions options, SourceFile file)
    {
        var csv = records.Current;
        if (options.Completeness != FileCompleteness.Trailer || csv.GetString(0) != options.Trailer)
            return null;
        if (csv.FieldCount < 2 || csv.GetString(1).Length == 0)
            return new CsvTrailer((long?)null);
        return long.TryParse(csv.GetString(1), NumberStyles.None, CultureInfo.InvariantCulture, out var rows)
            ? new CsvTrailer(rows)
            : throw file.Malformed(records.Line, "The second field of the trailer is not a number of rows.");
    }
}

/// <summary>The records of one CSV file, read by the library; its failures are told with their line.</summary>
internal sealed class CsvRecords : IDisposable
{
    private const string SeparatorHint = "sep=";

    private readonly SourceFile _file;
    private readonly CsvReader _reader;
    private readonly long _linesBefore;

    public CsvRecords(SourceFile file, CsvSourceOptions options)
    {
        _file = file;
        var delimiter = options.Delimiter;
        if (options.FieldWidths.Count == 0 && Hint(file) is { } hint)
        {
            file.Reader.ReadLine();
            (delimiter, _linesBefore) = (hint, 1);
        }

        _reader = CsvReader.Create(file.Reader, ReaderOptions(options, delimiter), leaveOpen: true);
    }

    /// <summary>The current record.</summary>
    public CsvReader Current => _reader;

    /// <summary>The line at which the current record begins.</summary>
    public long Line => _reader.LineNumber + _linesBefore;

    /// <summary>Goes to the next record.</summary>
    /// <returns>False behind the last one.</returns>
    /// <exception cref="SourceException">The file cannot be read.</exception>
    public async ValueTask<bool> NextAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await _reader.ReadAsync(cancellationToken);
        }
        catch (CsvFormatException failure)
        {
            throw _file.Malformed(failure.LineNumber + _linesBefore, failure.Message);
        }
    }

    public void Dispose() => _reader.Dispose();

    private static char? Hint(SourceFile file)
    {
        var line = file.Start.Split('\n')[0].TrimEnd('\r');
        return line.StartsWith(SeparatorHint, StringComparison.OrdinalIgnoreCase) && line.Length == SeparatorHint.Length + 1 && char.IsAscii(line[^1])
            ? line[^1]
            : null;
    }

    private static CsvReaderOptions ReaderOptions(CsvSourceOptions options, char delimiter) => new()
    {
        Separator = delimiter,
        Mode = options.FieldWidths.Count > 0 ? CsvMode.FixedWidth : options.Quoting switch
        {
            CsvQuoting.Backslash => CsvMode.Escape,
            CsvQuoting.None => CsvMode.NoEscape,
            _ => CsvMode.Rfc4180,
        },
        FieldWidths = options.FieldWidths.Count > 0 ? [.. options.FieldWidths] : null,
        HasHeader = false,
        TrackLineNumbers = true,
        IncludeValuesInExceptions = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        DetectSeparatorHint = false,
    };
}
