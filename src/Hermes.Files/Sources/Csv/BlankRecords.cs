using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.Csv;

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
