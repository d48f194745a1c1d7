using System.Globalization;

namespace Hermes.Files.Sources.Csv;

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
