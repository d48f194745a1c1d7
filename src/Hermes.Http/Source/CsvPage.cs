using System.Text;
using CsvHelper;

namespace Hermes.Http.Source;

/// <summary>A page of CSV with a header. All values are texts; an empty one is not set.</summary>
internal sealed class CsvPage(ReadOnlyMemory<byte> utf8, char delimiter, ItemColumns columns) : Page
{
    public override IEnumerable<Item> Items()
    {
        using var text = new StreamReader(new MemoryStream(utf8.ToArray()), Encoding.UTF8, detectEncodingFromByteOrderMarks: false);
        using var records = CsvReader.Create(text, Options(delimiter), leaveOpen: true);
        if (!Next(records))
            throw new UnreadableAnswerException("It is empty; not even a header is in it.");
        var names = Enumerable.Range(0, records.FieldCount).Select(i => records.GetString(i).Trim()).ToArray();
        if (names.GroupBy(name => name, StringComparer.Ordinal).FirstOrDefault(group => group.Count() > 1) is { Key: var twice } && twice.Length > 0)
            throw new UnreadableAnswerException($"Its column '{twice}' stands twice in the header.");
        for (var number = 1; Next(records); number++)
        {
            if (records.FieldCount != names.Length)
                throw new UnreadableAnswerException($"Its record {number} has {records.FieldCount} fields, and the header {names.Length}. Is it cut off?");
            yield return columns.Read(number, name => Array.IndexOf(names, name) is >= 0 and var at ? records.GetString(at) : null);
        }
    }

    private static bool Next(CsvReader records)
    {
        try
        {
            return records.Read();
        }
        catch (CsvFormatException)
        {
            throw new UnreadableAnswerException("It is not CSV: a quote is not closed, or stands where it must not. Is it cut off?");
        }
    }

    private static CsvReaderOptions Options(char delimiter) => new()
    {
        Separator = delimiter,
        Mode = CsvMode.Rfc4180,
        HasHeader = false,
        IncludeValuesInExceptions = false,
        MalformedData = CsvMalformedDataHandling.Throw,
        FieldCountMismatch = CsvFieldCountHandling.Allow,
        DetectSeparatorHint = false,
    };
}
