using System.Globalization;
using System.Text;

namespace Hermes.Ldap.Syntax;

/// <summary>
/// One form for all texts of a DN that mean the same: types by one of their names, values unescaped and prepared as their matching rule asks (RFC 4514,
/// RFC 4517 4.2.11, RFC 4518). A text that is no DN is its own form.
/// </summary>
internal static class NameForm
{
    // By their first names; those of RFC 4519 and RFC 4524 that name entries.
    private static readonly Dictionary<string, string> Types = new(StringComparer.OrdinalIgnoreCase)
    {
        ["2.5.4.3"] = "cn",
        ["commonName"] = "cn",
        ["2.5.4.4"] = "sn",
        ["surname"] = "sn",
        ["2.5.4.5"] = "serialnumber",
        ["2.5.4.6"] = "c",
        ["countryName"] = "c",
        ["2.5.4.7"] = "l",
        ["localityName"] = "l",
        ["2.5.4.8"] = "st",
        ["stateOrProvinceName"] = "st",
        ["2.5.4.9"] = "street",
        ["streetAddress"] = "street",
        ["2.5.4.10"] = "o",
        ["organizationName"] = "o",
        ["2.5.4.11"] = "ou",
        ["organizationalUnitName"] = "ou",
        ["2.5.4.12"] = "title",
        ["2.5.4.42"] = "givenname",
        ["gn"] = "givenname",
        ["0.9.2342.19200300.100.1.1"] = "uid",
        ["userid"] = "uid",
        ["0.9.2342.19200300.100.1.3"] = "mail",
        ["rfc822Mailbox"] = "mail",
        ["0.9.2342.19200300.100.1.25"] = "dc",
        ["domainComponent"] = "dc",
        ["1.3.6.1.4.1.250.1.57"] = "labeleduri",
        ["2.16.840.1.113730.3.1.3"] = "employeenumber",
    };

    // Those of the above, and of RFC 2307, whose values are compared with their case.
    private static readonly HashSet<string> CaseExact = ["labeleduri", "homedirectory", "loginshell"];

    /// <summary>The form of a DN.</summary>
    public static string Of(string dn)
    {
        var names = new List<string>();
        for (var rest = dn; rest.Length > 0;)
        {
            (var relative, rest) = DistinguishedName.Split(rest);
            names.Add(string.Join('+', Pairs(relative).Select(Pair).Order(StringComparer.Ordinal)));
        }

        return string.Join(',', names);
    }

    /// <summary>The value of a relative name, without escapes; of several, the last.</summary>
    public static string ValueOf(string relative)
    {
        var pair = Pairs(relative).Last();
        return Unescaped(pair[(pair.IndexOf('=', StringComparison.Ordinal) + 1)..].TrimStart());
    }

    private static IEnumerable<string> Pairs(string relative)
    {
        var (start, quoted) = (0, false);
        for (var i = 0; i < relative.Length; i++)
        {
            if (relative[i] == '\\')
                i++;
            else if (relative[i] == '"')
                quoted = !quoted;
            else if (relative[i] == '+' && !quoted)
            {
                yield return relative[start..i];
                start = i + 1;
            }
        }

        yield return relative[start..];
    }

    private static string Pair(string pair)
    {
        var at = pair.IndexOf('=', StringComparison.Ordinal);
        if (at < 0)
            return pair.Trim();
        var type = TypeOf(pair[..at].Trim());
        return DistinguishedName.Relative(type, Prepared(Unescaped(pair[(at + 1)..].TrimStart()), CaseExact.Contains(type)));
    }

    private static string TypeOf(string name)
    {
        if (name.StartsWith("oid.", StringComparison.OrdinalIgnoreCase))
            name = name[4..];
        return Types.TryGetValue(name, out var first) ? first : name.ToLowerInvariant();
    }

    /// <summary>A text prepared for comparison: blanks at both ends do not count, and several in a row count as one.</summary>
    public static string Prepared(string value, bool caseExact)
    {
        var folded = value.Normalize(NormalizationForm.FormKC);
        var words = folded.Split((char[]?)null, StringSplitOptions.RemoveEmptyEntries);
        var text = string.Join(' ', words);
        return caseExact ? text : text.ToUpperInvariant().ToLowerInvariant();
    }

    private static string Unescaped(string value)
    {
        if (value.StartsWith('#') && TryReadEncoded(value, out var encoded))
            return encoded;
        var quoted = value.StartsWith('"');
        var bytes = new List<byte>(value.Length);
        for (var i = quoted ? 1 : 0; i < value.Length; i++)
        {
            if (quoted && value[i] == '"')
                break;
            if (value[i] == '\\' && i + 2 < value.Length && IsHex(value.AsSpan(i + 1, 2)))
            {
                bytes.Add(byte.Parse(value.AsSpan(i + 1, 2), NumberStyles.AllowHexSpecifier, CultureInfo.InvariantCulture));
                i += 2;
                continue;
            }

            if (value[i] == '\\' && i + 1 < value.Length)
                i++;
            var length = char.IsHighSurrogate(value[i]) && i + 1 < value.Length ? 2 : 1;
            bytes.AddRange(Encoding.UTF8.GetBytes(value.Substring(i, length)));
            i += length - 1;
        }

        return Encoding.UTF8.GetString([.. bytes]);
    }

    // "#" and the BER encoding in hex: the text of a string with a short length; anything else stays as it is written.
    private static bool TryReadEncoded(string value, out string text)
    {
        var hex = value.AsSpan(1).TrimEnd();
        text = "";
        if (hex.Length % 2 != 0 || !IsHex(hex))
            return false;
        var bytes = Convert.FromHexString(hex);
        if (bytes is not [0x04 or 0x0c or 0x13 or 0x16, < 0x80, ..] || bytes[1] != bytes.Length - 2)
            return false;
        text = Encoding.UTF8.GetString(bytes.AsSpan(2));
        return true;
    }

    private static bool IsHex(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiHexDigit(c))
                return false;
        }

        return true;
    }
}
