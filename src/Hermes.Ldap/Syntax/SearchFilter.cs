using System.Text;

namespace Hermes.Ldap.Syntax;

/// <summary>Search filters as text, after RFC 4515.</summary>
internal static class SearchFilter
{
    /// <summary>Escapes a text so that it stands for itself in a filter, whatever it holds.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        foreach (var c in value)
        {
            if (c is '*' or '(' or ')' or '\\' or '\0')
                escaped.Append('\\').Append(((int)c).ToString("x2", null));
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>Escapes bytes, every one of them.</summary>
    public static string Escape(ReadOnlySpan<byte> value)
    {
        var escaped = new StringBuilder(value.Length * 3);
        foreach (var b in value)
            escaped.Append('\\').Append(b.ToString("x2", null));
        return escaped.ToString();
    }

    /// <summary>The attributes that a filter names, with their options. What is no filter may give anything: the server refuses it.</summary>
    public static IReadOnlyList<string> AttributesIn(string filter)
    {
        var attributes = new HashSet<string>(StringComparer.OrdinalIgnoreCase);
        var text = filter.TrimStart() is ['(', ..] ? filter : $"({filter})";
        for (var at = text.IndexOf('('); at >= 0; at = text.IndexOf('(', at + 1))
        {
            var item = text.AsSpan(at + 1).TrimStart();
            if (item is ['&' or '|' or '!', ..] or [] || item[0] == '(')
                continue;
            var end = item.IndexOfAny("=~<>:)");
            if (end > 0 && item[end] != ')')
                attributes.Add(item[..end].Trim().ToString());
        }

        return [.. attributes];
    }

    /// <summary>The filter that an attribute has this value: <c>(member=uid=a,dc=b)</c>.</summary>
    public static string Equal(string attribute, string value) => $"({attribute}={Escape(value)})";
}
