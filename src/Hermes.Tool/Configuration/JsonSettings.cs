using System.Text;
using System.Text.Json;

namespace Hermes.Tool.Configuration;

/// <summary>Reads a JSON file with the place of all that it holds. Comments and a last comma are allowed, as in <c>appsettings.json</c>. Pure.</summary>
internal static class JsonSettings
{
    private static readonly JsonReaderOptions Options = new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>Reads the text of a file.</summary>
    /// <param name="file">How the file is called in messages.</param>
    /// <param name="text">The text.</param>
    /// <param name="findings">Receives what is wrong.</param>
    /// <returns>What the file holds; null if it holds nothing, or cannot be read and that is among the findings.</returns>
    public static SettingNode? Read(string file, string text, ICollection<Finding> findings)
    {
        if (string.IsNullOrWhiteSpace(text))
            return null;
        var bytes = Encoding.UTF8.GetBytes(text);
        var reader = new Reader(file, bytes, findings);
        var json = new Utf8JsonReader(bytes, Options);
        try
        {
            json.Read();
            var root = reader.Node(ref json);
            while (json.Read())
            {
                // Whatever follows the value is refused by the reader.
            }

            return root;
        }
        catch (JsonException wrong)
        {
            var line = bytes.AsSpan(LineStart(bytes, wrong.LineNumber ?? 0));
            var column = Encoding.UTF8.GetCharCount(line[..(int)Math.Min(line.Length, wrong.BytePositionInLine ?? 0)]) + 1;
            var said = wrong.Message.Split(" LineNumber:")[0].Split(" Path:")[0];
            findings.Add(new(
                new(file, (int)(wrong.LineNumber ?? 0) + 1, column),
                "",
                $"This is no JSON: {said}",
                "Look here and at the end of the line before: a comma, quote or bracket is missing or too much."));
            return null;
        }
    }

    private static int LineStart(byte[] bytes, long line)
    {
        var start = 0;
        for (; line > 0; line--)
            start += bytes.AsSpan(start).IndexOf((byte)'\n') + 1;
        return start;
    }

    private sealed class Reader(string file, byte[] bytes, ICollection<Finding> findings)
    {
        // Places are asked for in their order, so each line is counted once.
        private int _line = 1;
        private int _lineStart;
        private int _counted;

        public SettingNode Node(ref Utf8JsonReader json)
        {
            var place = PlaceOf(json);
            switch (json.TokenType)
            {
                case JsonTokenType.StartObject:
                    var names = new SettingNames(findings);
                    while (json.Read() && json.TokenType != JsonTokenType.EndObject)
                    {
                        var (name, at) = (json.GetString()!, PlaceOf(json));
                        json.Read();
                        names.Add(new(name, at, Node(ref json)));
                    }

                    return new MapNode(place, names.Items);
                case JsonTokenType.StartArray:
                    var items = new List<SettingNode>();
                    while (json.Read() && json.TokenType != JsonTokenType.EndArray)
                        items.Add(Node(ref json));
                    return new ListNode(place, items);
                case JsonTokenType.Null:
                    return new TextNode(place, null);
                default:
                    return new TextNode(place, json.TokenType == JsonTokenType.String ? json.GetString() : Encoding.UTF8.GetString(json.ValueSpan));
            }
        }

        private SettingPlace PlaceOf(in Utf8JsonReader json)
        {
            for (var start = (int)json.TokenStartIndex; _counted < start; _counted++)
            {
                if (bytes[_counted] == '\n')
                    (_line, _lineStart) = (_line + 1, _counted + 1);
            }

            return new(file, _line, Encoding.UTF8.GetCharCount(bytes.AsSpan(_lineStart, _counted - _lineStart)) + 1);
        }
    }
}
