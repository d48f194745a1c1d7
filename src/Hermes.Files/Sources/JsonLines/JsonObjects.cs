using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.JsonLines;

/// <summary>Turns JSON objects into rows. Objects with the same members in the same order share their columns.</summary>
/// <param name="columns">The columns that every row has, whether its object has the member or not; none to go by each object.</param>
internal sealed class JsonObjects(IReadOnlyList<string> columns)
{
    private readonly RowColumns? _fixed = columns.Count == 0 ? null : new RowColumns(columns);
    private RowColumns? _last;

    /// <summary>The members of the object on a line.</summary>
    /// <exception cref="JsonException">The line is not a JSON object.</exception>
    /// <exception cref="FormatException">A number does not fit, two members have the same name, or a text is none.</exception>
    public static List<KeyValuePair<string, Value>> Parse(string line)
    {
        using var document = JsonDocument.Parse(line);
        return Members(document.RootElement);
    }

    /// <summary>The members of an object.</summary>
    /// <exception cref="JsonException">It is none.</exception>
    /// <exception cref="FormatException">A number does not fit, two members have the same name, or a text is none.</exception>
    public static List<KeyValuePair<string, Value>> Members(JsonElement element)
    {
        try
        {
            return element.ValueKind == JsonValueKind.Object
                ? PlainJson.ReadMembers(element)
                : throw new JsonException("Not an object.", null, null, 0);
        }
        catch (InvalidOperationException)
        {
            // The parser's own exception holds the text.
            throw new FormatException("A text holds one half of a surrogate pair (such as \\ud83d) without the other. Whoever writes the file cut a character in two.");
        }
    }

    /// <summary>The row of an object.</summary>
    public SourceRow ToRow(List<KeyValuePair<string, Value>> members)
    {
        if (_fixed is not null)
            return new SourceRow(_fixed, ToFixed(_fixed, members));

        var names = members.Select(member => member.Key);
        if (_last is null || !_last.Names.SequenceEqual(names, StringComparer.Ordinal))
            _last = new RowColumns(names);
        return new SourceRow(_last, [.. members.Select(member => member.Value)]);
    }

    private static Value[] ToFixed(RowColumns columns, List<KeyValuePair<string, Value>> members)
    {
        var values = new Value[columns.Count];
        foreach (var (name, value) in members)
        {
            if (columns.IndexOf(name) is >= 0 and var at)
                values[at] = value;
        }

        return values;
    }
}
