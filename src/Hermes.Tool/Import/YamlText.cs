using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Hermes.Tool.Configuration;

namespace Hermes.Tool.Import;

/// <summary>Writes settings as YAML that people like to read. Pure.</summary>
internal sealed partial class YamlText
{
    private const int WidestList = 120;

    private readonly StringBuilder _text = new();

    /// <summary>Writes settings.</summary>
    public static string Of(MapNode root)
    {
        var yaml = new YamlText();
        yaml.Items(root, 0);
        return yaml._text.ToString();
    }

    private void Items(MapNode map, int depth, bool isFirstAfterDash = false)
    {
        foreach (var item in map.Items)
        {
            if (!isFirstAfterDash)
                Indent(depth);
            isFirstAfterDash = false;
            _text.Append(Scalar(item.Name)).Append(':');
            Value(item.Value, depth);
        }
    }

    private void Value(SettingNode value, int depth)
    {
        switch (value)
        {
            case MapNode { Items.Count: > 0 } map:
                _text.Append('\n');
                Items(map, depth + 1);
                break;
            case ListNode { Items.Count: > 0 } list when !list.Items.All(item => item is TextNode) || Flow(list) is null:
                _text.Append('\n');
                foreach (var item in list.Items)
                    Item(item, depth + 1);
                break;
            case ListNode list:
                _text.Append(' ').Append(Flow(list)).Append('\n');
                break;
            case TextNode { Text: { } text } when IsBlock(text):
                Block(text, depth + 1);
                break;
            case TextNode { Text: { } text }:
                _text.Append(' ').Append(Scalar(text)).Append('\n');
                break;
            default:
                _text.Append(" { }\n");
                break;
        }
    }

    private void Item(SettingNode item, int depth)
    {
        Indent(depth);
        _text.Append('-');
        if (item is MapNode { Items.Count: > 0 } map)
        {
            _text.Append(' ');
            Items(map, depth + 1, isFirstAfterDash: true);
        }
        else
        {
            Value(item, depth);
        }
    }

    private void Block(string text, int depth)
    {
        _text.Append(text.EndsWith('\n') ? " |\n" : " |-\n");
        foreach (var line in text.TrimEnd('\n').Split('\n'))
        {
            if (line.Length > 0)
                Indent(depth);
            _text.Append(line).Append('\n');
        }
    }

    private void Indent(int depth) => _text.Append(' ', depth * 2);

    private static string? Flow(ListNode list)
    {
        if (list.Items.Count == 0)
            return "[ ]";
        var items = list.Items.OfType<TextNode>().Select(item => Scalar(item.Text ?? "", isInList: true)).ToList();
        var line = $"[ {string.Join(", ", items)} ]";
        return line.Length > WidestList || items.Exists(item => item.StartsWith('"') && item.Contains("{{", StringComparison.Ordinal)) ? null : line;
    }

    private static string Scalar(string text, bool isInList = false)
    {
        if (Plain().IsMatch(text) && !Nothing(text) && !text.Contains(": ", StringComparison.Ordinal) && !(isInList && text.Contains(',')))
            return text;
        if (text.Any(char.IsControl))
            return JsonSerializer.Serialize(text);
        return text.Contains('"') || text.Contains('\\') ? $"'{text.Replace("'", "''", StringComparison.Ordinal)}'" : $"\"{text}\"";
    }

    private static bool Nothing(string text) => text.Equals("null", StringComparison.OrdinalIgnoreCase);

    // Of several lines, the first of which says how far the block is indented.
    private static bool IsBlock(string text) =>
        text.Contains('\n') && !text.StartsWith(' ') && !text.StartsWith('\n')
        && !text.EndsWith("\n\n", StringComparison.Ordinal) && !text.Any(letter => char.IsControl(letter) && letter != '\n');

    // References of ours have braces, and are the only texts without quotes that do.
    [GeneratedRegex(@"^([A-Za-z0-9_/.][A-Za-z0-9_/.:@=;()<>+*\-%, ]*(?<![: ])|\$\{[a-z]+:[A-Za-z0-9_/.\-]+\})$")]
    private static partial Regex Plain();
}
