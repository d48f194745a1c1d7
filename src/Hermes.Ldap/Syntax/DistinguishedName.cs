using System.Text;

namespace Hermes.Ldap.Syntax;

/// <summary>Distinguished names as text, after RFC 4514.</summary>
internal static class DistinguishedName
{
    /// <summary>Escapes a value so that it can stand in a DN as one value of a relative name, whatever it holds.</summary>
    public static string Escape(string value)
    {
        var escaped = new StringBuilder(value.Length + 8);
        for (var i = 0; i < value.Length; i++)
        {
            var c = value[i];
            var atEdge = (i == 0 && c is ' ' or '#') || (i == value.Length - 1 && c == ' ');
            if (c < ' ' || c == '\u007f')
                escaped.Append('\\').Append(((int)c).ToString("x2", null));
            else if (atEdge || c is ',' or '+' or '"' or '\\' or '<' or '>' or ';' or '=')
                escaped.Append('\\').Append(c);
            else
                escaped.Append(c);
        }

        return escaped.ToString();
    }

    /// <summary>A relative name: <c>uid=jdoe</c>.</summary>
    public static string Relative(string attribute, string value) => $"{attribute}={Escape(value)}";

    /// <summary>A relative name below a container.</summary>
    public static string Below(string relative, string container) => container.Length == 0 ? relative : $"{relative},{container}";

    /// <summary>Splits a DN into its first relative name and its container.</summary>
    public static (string Relative, string Container) Split(string dn)
    {
        var quoted = false;
        for (var i = 0; i < dn.Length; i++)
        {
            if (dn[i] == '\\')
                i++;
            else if (dn[i] == '"')
                quoted = !quoted;
            else if (dn[i] is ',' or ';' && !quoted)
                return (Trim(dn[..i]), Trim(dn[(i + 1)..]));
        }

        return (Trim(dn), "");
    }

    /// <summary>Whether two DNs name the same entry, however they are written.</summary>
    public static bool Same(string left, string right) => left == right || NameForm.Of(left) == NameForm.Of(right);

    /// <summary>Whether an entry is somewhere below a container, however both are written.</summary>
    public static bool IsBelow(string dn, string container) =>
        container.Length == 0 ? dn.Length > 0 : NameForm.Of(dn).EndsWith($",{NameForm.Of(container)}", StringComparison.Ordinal);

    /// <summary>Whether two DNs name the same entry, and the name of the entry in its container is written with the same signs.</summary>
    public static bool IsWrittenAs(string left, string right) =>
        left == right || (Same(left, right) && string.Equals(ValueOf(left), ValueOf(right), StringComparison.Ordinal));

    /// <summary>The value that names an entry in its container, without escapes.</summary>
    public static string ValueOf(string dn) => NameForm.ValueOf(Split(dn).Relative);

    // A blank at the end may be escaped.
    private static string Trim(string text)
    {
        var end = text.TrimEnd();
        var escapes = end.Length - end.TrimEnd('\\').Length;
        return (end.Length < text.Length && escapes % 2 == 1 ? end + ' ' : end).TrimStart();
    }
}
