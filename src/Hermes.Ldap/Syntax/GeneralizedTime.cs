using System.Globalization;
using System.Text.RegularExpressions;

namespace Hermes.Ldap.Syntax;

/// <summary>Times as LDAP writes them (RFC 4517, 3.3.13), in UTC.</summary>
internal static partial class GeneralizedTime
{
    /// <summary>Writes a time, taken as UTC; a fraction is written only if there is one.</summary>
    public static string Format(DateTime time) => time.ToString("yyyyMMddHHmmss.FFFFFFF", CultureInfo.InvariantCulture) + "Z";

    /// <summary>Reads a time: minutes, seconds and fraction are optional, the zone is Z or an offset.</summary>
    public static bool TryParse(string text, out DateTime utc)
    {
        utc = default;
        var match = Pattern.Match(text);
        if (!match.Success || !DateTime.TryParseExact(
                match.Groups["date"].Value, "yyyyMMddHH", CultureInfo.InvariantCulture, DateTimeStyles.None, out var hour))
        {
            return false;
        }

        // Without seconds it is as long as a time with a year of two digits: 240403120000Z is no day of the year 2404.
        if (!match.Groups["second"].Success && hour.Year is < 1900 or > 2099)
            return false;

        // A leap second has no place in DateTime: it counts as the first one of the next minute.
        var (minutes, seconds) = (Number(match, "minute"), Number(match, "second"));
        if (minutes > 59 || seconds > 60)
            return false;
        var unit = match.Groups["second"].Success ? TimeSpan.TicksPerSecond
            : match.Groups["minute"].Success ? TimeSpan.TicksPerMinute
            : TimeSpan.TicksPerHour;
        var fraction = match.Groups["fraction"] is { Success: true } digits
            ? (long)(decimal.Parse("0." + digits.Value, CultureInfo.InvariantCulture) * unit)
            : 0;
        var offset = (Number(match, "zoneHour") * 60) + Number(match, "zoneMinute");
        if (match.Groups["sign"].Value == "-")
            offset = -offset;
        var ticks = hour.Ticks + ((minutes - offset) * TimeSpan.TicksPerMinute) + (seconds * TimeSpan.TicksPerSecond) + fraction;
        if (ticks < DateTime.MinValue.Ticks || ticks > DateTime.MaxValue.Ticks)
            return false;
        utc = new DateTime(ticks);
        return true;
    }

    private static int Number(Match match, string group) =>
        match.Groups[group] is { Success: true } found ? int.Parse(found.Value, CultureInfo.InvariantCulture) : 0;

    [GeneratedRegex(
        @"^(?<date>\d{10})((?<minute>\d\d)(?<second>\d\d)?)?([.,](?<fraction>\d{1,15}))?(Z|(?<sign>[+-])(?<zoneHour>\d\d)(?<zoneMinute>\d\d)?)\z",
        RegexOptions.ExplicitCapture)]
    private static partial Regex Pattern { get; }
}
