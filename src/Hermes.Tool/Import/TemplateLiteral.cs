using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>Values of YAML, in which texts may be templates, as one template. Pure.</summary>
internal static class TemplateLiteral
{
    /// <summary>The template of a value.</summary>
    /// <returns>The template; null if a text mixes text and template, which is no expression.</returns>
    public static string? Of(SettingNode node) => Expression(node) is { } expression ? $"{{{{ {expression} }}}}" : null;

    private static string? Expression(SettingNode node)
    {
        switch (node)
        {
            case MapNode map:
                var members = map.Items.Select(item => Expression(item.Value) is { } value ? $"{Quoted(item.Name)}: {value}" : null).ToList();
                return members.Contains(null) ? null : $"{{{string.Join(", ", members)}}}";
            case ListNode list:
                var items = list.Items.Select(Expression).ToList();
                return items.Contains(null) ? null : $"[{string.Join(", ", items)}]";
            case TextNode { Text: { } text }:
                return OfText(text);
            default:
                return "none";
        }
    }

    private static string? OfText(string text)
    {
        if (!text.Contains("{{", StringComparison.Ordinal))
            return Quoted(text);
        var inner = text.Trim();
        return inner.StartsWith("{{", StringComparison.Ordinal) && inner.EndsWith("}}", StringComparison.Ordinal) && inner.LastIndexOf("{{", StringComparison.Ordinal) == 0
            ? $"({inner[2..^2].Trim()})"
            : null;
    }

    private static string Quoted(string text) => $"'{text.Replace("\\", "\\\\", StringComparison.Ordinal).Replace("'", "\\'", StringComparison.Ordinal)}'";
}
