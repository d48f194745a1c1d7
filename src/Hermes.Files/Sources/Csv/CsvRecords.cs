using CsvHelper;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.Csv;

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
