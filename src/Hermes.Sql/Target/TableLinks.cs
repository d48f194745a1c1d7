using System.Buffers.Text;
using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;
using Hermes.Sql.Source;

namespace Hermes.Sql.Target;

/// <summary>
/// Links of rows: the table and the parts of the key, between slashes, such as <c>hr.people/42</c>. A part has one form whether it comes from a key or from a column that
/// holds it in another type: a Boolean is 1 or 0, a whole number has no fraction. Slashes and percent signs are escaped; <c>%N</c> stands for NULL, which no key has.
/// </summary>
internal static class TableLinks
{
    private const char Separator = '/';
    private const string Nothing = "%N";

    /// <summary>The link of a row.</summary>
    public static string Of(string table, IEnumerable<Value> key)
    {
        var link = new StringBuilder(Escape(table));
        foreach (var part in key)
            link.Append(Separator).Append(part.IsNull ? Nothing : Escape(TextOf(part)));
        return link.ToString();
    }

    /// <summary>The texts of the parts of a key; null for NULL.</summary>
    /// <returns>False if the link is not that of a row of this table with a key of so many parts.</returns>
    public static bool TryRead(string link, string table, int parts, out IReadOnlyList<string?> key)
    {
        var read = link.Split(Separator);
        key = [.. read.Skip(1).Select(part => part == Nothing ? null : Unescape(part))];
        return Unescape(read[0]) == table && key.Count == parts;
    }

    /// <summary>The value of a part for a column of a type.</summary>
    /// <returns>False if no row of such a column has the text in its link.</returns>
    public static bool TryConvert(string text, Type type, out Value value)
    {
        value = Type.GetTypeCode(type) switch
        {
            TypeCode.Boolean => text switch
            {
                "1" => true,
                "0" => false,
                _ => Value.Null,
            },
            >= TypeCode.SByte and <= TypeCode.UInt64 => long.TryParse(text, NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out var integer) ? integer : Value.Null,
            TypeCode.Decimal => decimal.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var exact) ? exact : Value.Null,
            TypeCode.Single or TypeCode.Double => double.TryParse(text, NumberStyles.Float, CultureInfo.InvariantCulture, out var number) ? number : Value.Null,
            TypeCode.DateTime => SqliteDates.TryRead(text, out var date) ? date : Value.Null,
            _ when type == typeof(DateOnly) || type == typeof(DateTimeOffset) => SqliteDates.TryRead(text, out var date) ? date : Value.Null,
            _ when type == typeof(byte[]) => Base64.IsValid(text) ? Convert.FromBase64String(text) : Value.Null,
            _ => text,
        };
        return value.IsSet;
    }

    private static string TextOf(Value part) => part.Kind switch
    {
        ValueKind.Boolean => part.AsBoolean() ? "1" : "0",
        ValueKind.Decimal => part.AsDecimal().ToString("0.############################", CultureInfo.InvariantCulture),
        _ => part.ToString(),
    };

    private static string Escape(string text) => text.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    private static string Unescape(string text) => text.Replace("%2F", "/", StringComparison.Ordinal).Replace("%25", "%", StringComparison.Ordinal);
}
