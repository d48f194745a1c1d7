using System.Text;
using System.Text.RegularExpressions;
using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Syntax;

/// <summary>Puts values into texts of LDAP at <c>{name}</c>, escaped: no value can change what the text means.</summary>
internal static partial class Placeholders
{
    /// <summary>Binds the placeholders of a filter.</summary>
    /// <exception cref="FormatException">A placeholder has no value, or one that has no place in a filter.</exception>
    public static string InFilter(string filter, IReadOnlyDictionary<string, Value> values, ISet<string> used) =>
        Bind(filter, values, used, value => value.Kind == ValueKind.Bytes ? SearchFilter.Escape(value.AsBytes().Span) : SearchFilter.Escape(Text(value)));

    /// <summary>Binds the placeholders of a distinguished name.</summary>
    /// <exception cref="FormatException">A placeholder has no value, or one that has no place in a name.</exception>
    public static string InName(string dn, IReadOnlyDictionary<string, Value> values, ISet<string> used) =>
        Bind(dn, values, used, value => DistinguishedName.Escape(Text(value)));

    private static string Bind(string text, IReadOnlyDictionary<string, Value> values, ISet<string> used, Func<Value, string> escape)
    {
        var bound = new StringBuilder(text.Length);
        var end = 0;
        foreach (var match in Placeholder.EnumerateMatches(text))
        {
            var name = text.Substring(match.Index + 1, match.Length - 2);
            if (!values.TryGetValue(name, out var value))
                throw new FormatException($"'{{{name}}}' stands for no variable. Add the variable '{name}', or write the brace as \\7b.");
            if (!value.IsScalar)
                throw new FormatException($"The variable '{name}' is {Named(value.Kind)}; '{{{name}}}' takes a single value.");
            used.Add(name);
            bound.Append(text, end, match.Index - end).Append(escape(value));
            end = match.Index + match.Length;
        }

        return bound.Append(text, end, text.Length - end).ToString();
    }

    private static string Named(ValueKind kind) => kind is ValueKind.List or ValueKind.Map ? $"a {kind.ToString().ToLowerInvariant()}" : "not set";

    private static string Text(Value value) => AttributeText.Of(value);

    [GeneratedRegex(@"\{[A-Za-z_][A-Za-z0-9_]*\}")]
    private static partial Regex Placeholder { get; }
}
