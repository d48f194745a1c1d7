using System.ComponentModel.DataAnnotations;
using System.Globalization;
using System.Text.RegularExpressions;
using Hermes.Files.Sources.Csv;

namespace Hermes.Files.Sources;

/// <summary>
/// Reads dates in the formats that are set, or else in ISO 8601 and nothing like it: <c>yyyy-MM-dd</c>, optionally followed by <c>T</c> or a blank,
/// <c>HH:mm[:ss[.fraction]]</c>, and <c>Z</c> or an offset. A lenient parser would take a European date for an American one, and a bare time for today.
/// </summary>
/// <param name="formats">.NET format strings; none for ISO 8601.</param>
internal sealed partial class DateFormats(IReadOnlyList<string> formats)
{
    private const DateTimeStyles Utc = DateTimeStyles.AdjustToUniversal | DateTimeStyles.NoCurrentDateDefault;

    // Year, month and day differ, so that a format which mixes two of them up, or lacks one, does not give it back.
    private static readonly DateTime Probe = new(2003, 4, 5);

    // .NET keeps seven digits of a second.
    private const int Digits = 7;

    /// <summary>Reads a date. With an offset it becomes UTC.</summary>
    /// <returns>False if the text is not in one of the formats, or two of them read it as different dates.</returns>
    public bool TryRead(string text, out DateTime date) => formats.Count == 0 ? TryReadIso(text, out date) : TryReadFormats(text, out date);

    /// <summary>What is wrong with the formats that are set.</summary>
    public static IEnumerable<ValidationResult> Validate(
        IList<string> formats, IDictionary<string, IList<string>> columns, IDictionary<string, CsvColumnType> types)
    {
        foreach (var (member, format) in formats.Select(format => (nameof(CsvSourceOptions.Formats), format))
            .Concat(columns.SelectMany(column => column.Value.Select(format => ($"{nameof(CsvSourceOptions.ColumnFormats)}:{column.Key}", format)))))
        {
            if (!IsComplete(format))
                yield return new($"'{format}' is not a .NET format string with year, month and day, such as dd/MM/yyyy or yyyyMMddHHmm.", [member]);
        }

        foreach (var column in columns.Keys.Where(name => !types.TryGetValue(name, out var type) || type != CsvColumnType.DateTime))
            yield return new($"The column '{column}' has formats of dates and is not of type DateTime. Set its type in Types.", [nameof(CsvSourceOptions.ColumnFormats)]);
    }

    /// <inheritdoc/>
    public override string ToString() => formats.Count == 0 ? "as ISO 8601 (2024-04-03, 2024-04-03T12:00:00Z)" : $"as {string.Join(" or ", formats)}";

    private static bool IsComplete(string format)
    {
        try
        {
            return DateTime.TryParseExact(
                Probe.ToString(format, CultureInfo.InvariantCulture), format, CultureInfo.InvariantCulture, DateTimeStyles.NoCurrentDateDefault, out var back)
                && back.Date == Probe;
        }
        catch (FormatException)
        {
            return false;
        }
    }

    private bool TryReadFormats(string text, out DateTime date)
    {
        date = default;
        var isRead = false;
        foreach (var format in formats)
        {
            if (!DateTime.TryParseExact(text, format, CultureInfo.InvariantCulture, Utc, out var read))
                continue;
            if (isRead && read != date)
                return false;
            (isRead, date) = (true, read);
        }

        return isRead;
    }

    private static bool TryReadIso(string text, out DateTime date)
    {
        date = default;
        var match = Iso.Match(text);
        if (!match.Success || !DateTime.TryParseExact(
            match.Groups["date"].Value, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day))
        {
            return false;
        }

        var (hours, minutes, seconds) = (Number(match, "hour"), Number(match, "minute"), Number(match, "second"));
        var (zoneHours, zoneMinutes) = (Number(match, "zoneHour"), Number(match, "zoneMinute"));
        if (hours > 23 || minutes > 59 || seconds > 59 || zoneHours > 14 || zoneMinutes > 59)
            return false;

        var fraction = match.Groups["fraction"].Value;
        var ticks = fraction.Length == 0 ? 0 : long.Parse(fraction.PadRight(Digits, '0')[..Digits], CultureInfo.InvariantCulture);
        var offset = new TimeSpan(zoneHours, zoneMinutes, 0) * (match.Groups["sign"].Value == "-" ? -1 : 1);
        var total = day.Ticks + new TimeSpan(hours, minutes, seconds).Ticks + ticks - offset.Ticks;
        if (total < DateTime.MinValue.Ticks || total > DateTime.MaxValue.Ticks)
            return false;
        date = new DateTime(total, match.Groups["zone"].Success ? DateTimeKind.Utc : DateTimeKind.Unspecified);
        return true;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<date>[0-9]{4}-[0-9]{2}-[0-9]{2})([T ](?<hour>[0-9]{2}):(?<minute>[0-9]{2})(:(?<second>[0-9]{2})([.,](?<fraction>[0-9]{1,9}))?)?"
        + @"( ?(?<zone>Z|(?<sign>[+-])(?<zoneHour>[0-9]{2})(:?(?<zoneMinute>[0-9]{2}))?))?)?\z",
        RegexOptions.ExplicitCapture | RegexOptions.CultureInvariant)]
    private static partial Regex Iso { get; }
}
