using System.Globalization;
using System.Text;
using System.Text.Json;

namespace Hermes.Http.Source;

/// <summary>A place in a JSON document (RFC 6901).</summary>
internal sealed class JsonPointer
{
    private readonly Step[] _steps;

    private JsonPointer(IEnumerable<string> names) => _steps = [.. names.Select(name => new Step(name, Encoding.UTF8.GetBytes(name)))];

    /// <summary>Reads a pointer: empty for the whole document, otherwise with a slash before each step.</summary>
    /// <returns>Null if it is none.</returns>
    public static JsonPointer? TryParse(string text)
    {
        if (text.Length == 0)
            return new JsonPointer([]);
        var steps = text.Split('/');
        return steps[0].Length == 0 && steps.All(IsEscaped) ? new JsonPointer(steps[1..].Select(Unescape)) : null;
    }

    /// <summary>The pointer to the member of an object.</summary>
    public static JsonPointer OfMember(string name) => new([name]);

    /// <summary>Finds what is at this place.</summary>
    public bool TryFind(JsonElement root, out JsonElement found)
    {
        found = root;
        foreach (var step in _steps)
        {
            if (!TryStep(ref found, step))
                return false;
        }

        return true;
    }

    private static bool TryStep(ref JsonElement found, Step step)
    {
        switch (found.ValueKind)
        {
            case JsonValueKind.Object:
                return found.TryGetProperty(step.Utf8, out found);
            case JsonValueKind.Array:
                if (!int.TryParse(step.Name, NumberStyles.None, CultureInfo.InvariantCulture, out var index) || step.Name is ['0', _, ..] || index >= found.GetArrayLength())
                    return false;
                found = found[index];
                return true;
            default:
                return false;
        }
    }

    private static bool IsEscaped(string step)
    {
        for (var at = step.IndexOf('~', StringComparison.Ordinal); at >= 0; at = step.IndexOf('~', at + 1))
        {
            if (at + 1 >= step.Length || step[at + 1] is not ('0' or '1'))
                return false;
        }

        return true;
    }

    // The name is compared in UTF-8 with every item, so it is encoded once.
    private sealed record Step(string Name, byte[] Utf8);

    private static string Unescape(string step) => step.Replace("~1", "/", StringComparison.Ordinal).Replace("~0", "~", StringComparison.Ordinal);
}
