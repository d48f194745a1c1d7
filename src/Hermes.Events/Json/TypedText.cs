using System.Globalization;
using Hermes.Abstractions.Data;

namespace Hermes.Events.Json;

/// <summary>
/// The texts in which JSON carries date-times and bytes: <c>HermesDatetime(2024-05-01T12:34:56Z)</c> and <c>HermesBytes(base64)</c>.
/// A plain text that looks like one of them is written with its first letter as a JSON escape (<c>\u0048ermes...</c>): the same text for any
/// JSON reader, and told apart by ours.
/// </summary>
internal static class TypedText
{
    private const string DatePrefix = "HermesDatetime(";
    private const string BytesPrefix = "HermesBytes(";
    private const string DateFormat = "yyyy-MM-dd'T'HH:mm:ss.FFFFFFF'Z'";

    public static string Of(DateTime value) => DatePrefix + value.ToString(DateFormat, CultureInfo.InvariantCulture) + ")";

    public static string Of(ReadOnlySpan<byte> value) => BytesPrefix + Convert.ToBase64String(value) + ")";

    public static bool IsTyped(string text) => TryRead(text, out _);

    /// <summary>Reads a date-time or bytes; false if the text is neither, and so a plain text.</summary>
    public static bool TryRead(string text, out Value value)
    {
        value = default;
        if (!text.StartsWith("Hermes", StringComparison.Ordinal) || !text.EndsWith(')'))
            return false;

        if (text.StartsWith(DatePrefix, StringComparison.Ordinal))
        {
            var inner = text.AsSpan(DatePrefix.Length, text.Length - DatePrefix.Length - 1);
            if (!DateTime.TryParseExact(inner, DateFormat, CultureInfo.InvariantCulture, DateTimeStyles.AdjustToUniversal, out var date))
                return false;
            value = date;
            return true;
        }

        if (!text.StartsWith(BytesPrefix, StringComparison.Ordinal))
            return false;

        var encoded = text.AsSpan(BytesPrefix.Length, text.Length - BytesPrefix.Length - 1);
        var bytes = new byte[(encoded.Length / 4 * 3) + 3];
        if (!Convert.TryFromBase64Chars(encoded, bytes, out var length))
            return false;
        value = bytes[..length];
        return true;
    }
}
