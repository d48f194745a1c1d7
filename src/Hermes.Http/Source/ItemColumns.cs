using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Http.Source;

/// <summary>Where the attributes of a fetch are in an item.</summary>
internal sealed class ItemColumns
{
    private readonly HttpSourceOptions _options;
    private readonly Column[] _attributes;
    private readonly Column[] _key;

    public ItemColumns(HttpSourceOptions options, IReadOnlyList<string> attributes)
    {
        _options = options;
        _attributes = [.. attributes.Select(Find)];
        _key = [.. options.Key.Select(Find)];
    }

    /// <summary>The names of the attributes.</summary>
    public IEnumerable<string> Names => _attributes.Select(column => column.Name);

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="number">Which one of its page, from 1, for messages.</param>
    /// <exception cref="UnreadableAnswerException">It is no object, lacks an attribute, or holds a value that cannot be read.</exception>
    public Item Read(JsonElement item, int number)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new UnreadableAnswerException($"Its item {number} is not a JSON object.");
        return Make(number, column => column.Pointer.TryFind(item, out var found) ? ReadValue(found, column, number) : default(Value?));
    }

    /// <summary>Reads an item whose attributes are texts by name.</summary>
    /// <param name="number">Which one of its page, from 1, for messages.</param>
    /// <param name="text">The text of an attribute; null if there is none of that name, empty if it is not set.</param>
    /// <exception cref="UnreadableAnswerException">It lacks an attribute.</exception>
    public Item Read(int number, Func<string, string?> text) =>
        Make(number, column => text(column.Name) is { } value ? value.Length == 0 ? Value.Null : Value.From(value) : default(Value?));

    private Item Make(int number, Func<Column, Value?> find)
    {
        var values = new Value[_attributes.Length];
        for (var i = 0; i < values.Length; i++)
        {
            values[i] = find(_attributes[i]) ?? (_options.MissingAttributes == MissingAttribute.NotSet
                ? Value.Null
                : throw new UnreadableAnswerException(
                    $"Its item {number} has no attribute '{_attributes[i].Name}'. Correct the mapping or Attributes, "
                    + "or set MissingAttributes to NotSet if the service leaves out what is not set."));
        }

        var parts = Array.ConvertAll(_key, column => find(column) ?? Value.Null);
        var key = parts.Length == 1 ? parts[0] : ValueList.Create(parts);
        return EntryKey.TryCreate(key, out var made) && (parts.Length == 1 ? key.IsScalar : parts.All(part => part.IsScalar))
            ? new Item(made, values)
            : throw new UnreadableAnswerException($"Its item {number} has no key: {string.Join(", ", _options.Key)} must be set, and single values.");
    }

    private static Value ReadValue(JsonElement found, Column column, int number)
    {
        try
        {
            return PlainJson.Read(found);
        }
        catch (FormatException failure)
        {
            throw new UnreadableAnswerException($"Its item {number}, attribute '{column.Name}': {failure.Message}");
        }
        catch (InvalidOperationException)
        {
            // The parser's own message shows the text.
            throw new UnreadableAnswerException($"Its item {number}, attribute '{column.Name}': a text holds one half of a surrogate pair without the other.");
        }
    }

    private Column Find(string name)
    {
        if (_options.Attributes.TryGetValue(name, out var pointer))
            return new(name, JsonPointer.TryParse(pointer)!);
        return new(name, name.StartsWith('/') && JsonPointer.TryParse(name) is { } own ? own : JsonPointer.OfMember(name));
    }

    private sealed record Column(string Name, JsonPointer Pointer);
}
