using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Http.Source;

/// <summary>Where the attributes of a fetch are in an item.</summary>
internal sealed class ItemColumns
{
    private readonly HttpSourceOptions _options;
    private readonly int _attributes;
    private readonly Column[] _columns;
    private readonly int[] _key;

    // Used by one item after the other.
    private readonly Value?[] _found;

    public ItemColumns(HttpSourceOptions options, IReadOnlyList<string> attributes)
    {
        string[] names = [.. attributes, .. options.Key.Except(attributes)];
        _options = options;
        _attributes = attributes.Count;
        _columns = Array.ConvertAll(names, Find);
        _found = new Value?[names.Length];
        _key = [.. options.Key.Select(name => Array.IndexOf(names, name))];
    }

    /// <summary>The names of the attributes.</summary>
    public IEnumerable<string> Names => _columns.Take(_attributes).Select(column => column.Name);

    /// <summary>Reads an item.</summary>
    /// <param name="item">The item.</param>
    /// <param name="number">Which one of its page, from 1, for messages.</param>
    /// <exception cref="UnreadableAnswerException">It is no object, lacks an attribute, or holds a value that cannot be read.</exception>
    public Item Read(JsonElement item, int number)
    {
        if (item.ValueKind != JsonValueKind.Object)
            throw new UnreadableAnswerException($"Its item {number} is not a JSON object.");
        for (var i = 0; i < _found.Length; i++)
            _found[i] = _columns[i].Pointer.TryFind(item, out var element) ? ReadValue(element, _columns[i], number) : default(Value?);
        return Make(_found, number);
    }

    /// <summary>Reads an item whose attributes are texts by name.</summary>
    /// <param name="number">Which one of its page, from 1, for messages.</param>
    /// <param name="text">The text of an attribute; null if there is none of that name, empty if it is not set.</param>
    /// <exception cref="UnreadableAnswerException">It lacks an attribute.</exception>
    public Item Read(int number, Func<string, string?> text) => Make(
        Array.ConvertAll(_columns, column => text(column.Name) is { } value ? value.Length == 0 ? Value.Null : Value.From(value) : default(Value?)), number);

    private Item Make(ReadOnlySpan<Value?> found, int number)
    {
        var values = new Value[_attributes];
        for (var i = 0; i < values.Length; i++)
            values[i] = found[i] ?? Missing(_columns[i], number);
        if (_key is [var at])
            return found[at] is { IsScalar: true } part ? new Item(EntryKey.Of(part), values) : throw NoKey(number);

        var parts = new Value[_key.Length];
        for (var i = 0; i < parts.Length; i++)
            parts[i] = found[_key[i]] is { IsScalar: true } part ? part : throw NoKey(number);
        return new Item(EntryKey.Of(parts), values);
    }

    private Value Missing(Column column, int number) => _options.MissingAttributes == MissingAttribute.NotSet
        ? Value.Null
        : throw new UnreadableAnswerException(
            $"Its item {number} has no attribute '{column.Name}'. Correct the mapping or Attributes, "
            + "or set MissingAttributes to NotSet if the service leaves out what is not set.");

    private UnreadableAnswerException NoKey(int number) =>
        new($"Its item {number} has no key: {string.Join(", ", _options.Key)} must be set, and single values.");

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
