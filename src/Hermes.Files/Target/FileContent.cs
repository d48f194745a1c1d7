using System.Text;
using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Files.Target;

/// <summary>
/// The members of a file's object. Those that do not change are written as they were read: a number keeps its digits, a text what it was before it became
/// one. Immutable.
/// </summary>
internal sealed class FileContent
{
    // As deep as a writer goes by default.
    private static readonly JsonDocumentOptions Deep = new() { MaxDepth = 1000 };

    private readonly SortedDictionary<string, JsonElement> _members;

    private FileContent(SortedDictionary<string, JsonElement> members) => _members = members;

    /// <summary>The names of the members.</summary>
    public IReadOnlyCollection<string> Names => _members.Keys;

    /// <summary>Reads the text of a file.</summary>
    /// <exception cref="JsonException">It is no object.</exception>
    public static FileContent Parse(ReadOnlyMemory<byte> text)
    {
        using var json = JsonDocument.Parse(text, Deep);
        if (json.RootElement.ValueKind != JsonValueKind.Object)
            throw new JsonException("It holds no object.");
        var members = new SortedDictionary<string, JsonElement>(StringComparer.Ordinal);
        foreach (var member in json.RootElement.EnumerateObject())
            members[member.Name] = member.Value.Clone();
        return new FileContent(members);
    }

    /// <summary>Whether a value is written as a member that reads as this.</summary>
    public static bool IsWrittenAs(Value value, Value read)
    {
        if (!value.IsSet || !read.IsSet || value == read)
            return value.IsSet == read.IsSet;
        using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(PlainJson.ToText(value)), Deep);
        return PlainJson.Read(json.RootElement) == read;
    }

    /// <summary>The content of an entry.</summary>
    public static FileContent Of(Entry entry) => new FileContent(new(StringComparer.Ordinal)).With(entry);

    /// <summary>This content with other values of some members.</summary>
    public FileContent With(IEnumerable<KeyValuePair<string, Value>> attributes)
    {
        var members = Copy();
        foreach (var (name, value) in attributes)
        {
            using var json = JsonDocument.Parse(Encoding.UTF8.GetBytes(PlainJson.ToText(value)), Deep);
            members[name] = json.RootElement.Clone();
        }

        return new FileContent(members);
    }

    /// <summary>This content without some members.</summary>
    public FileContent Without(IEnumerable<string> names)
    {
        var members = Copy();
        foreach (var name in names)
            members.Remove(name);
        return new FileContent(members);
    }

    /// <summary>This content, and what another has of some members that this one lacks.</summary>
    public FileContent Keeping(IEnumerable<string> names, FileContent other)
    {
        var members = Copy();
        foreach (var name in names)
        {
            if (other._members.TryGetValue(name, out var kept))
                members.TryAdd(name, kept);
        }

        return new FileContent(members);
    }

    /// <summary>The values of some members, those that are set.</summary>
    /// <exception cref="FormatException">A number does not fit, or an object has two members of the same name.</exception>
    public Entry Read(IEnumerable<string> names) =>
        Entry.Create(names.Where(_members.ContainsKey).Select(name => KeyValuePair.Create(name, PlainJson.Read(_members[name]))));

    /// <summary>Writes the object, its members in ordinal order.</summary>
    public void WriteTo(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        foreach (var (name, value) in _members)
        {
            writer.WritePropertyName(name);
            value.WriteTo(writer);
        }

        writer.WriteEndObject();
    }

    private SortedDictionary<string, JsonElement> Copy() => new(_members, StringComparer.Ordinal);
}
