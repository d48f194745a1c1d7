using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Http.Source;

/// <summary>A page that is one JSON document with an array of items.</summary>
internal sealed class JsonPage : Page
{
    private readonly JsonDocument _document;
    private readonly JsonElement _items;
    private readonly ItemColumns _columns;

    private JsonPage(JsonDocument document, JsonElement items, ItemColumns columns) => (_document, _items, _columns) = (document, items, columns);

    /// <summary>Reads a page.</summary>
    /// <exception cref="UnreadableAnswerException">It is no JSON, has no items, or tells an error.</exception>
    public static JsonPage Parse(ReadOnlyMemory<byte> utf8, HttpSourceOptions options, ItemColumns columns)
    {
        var document = JsonText.Parse(utf8, "It");
        try
        {
            if (options.ErrorPointer is { Length: > 0 } pointer && JsonPointer.TryParse(pointer)!.TryFind(document.RootElement, out var error) && IsError(error))
                throw new UnreadableAnswerException($"The service tells an error in it, at {pointer}, although its status is 200.");
            if (!JsonPointer.TryParse(options.Items)!.TryFind(document.RootElement, out var items) || items.ValueKind != JsonValueKind.Array)
            {
                throw new UnreadableAnswerException(options.Items.Length == 0
                    ? "It is not an array of items. Set Items to the pointer to the array."
                    : $"There is no array of items at {options.Items} (Items).");
            }

            return new JsonPage(document, items, columns);
        }
        catch
        {
            document.Dispose();
            throw;
        }
    }

    public override IEnumerable<Item> Items()
    {
        var number = 0;
        foreach (var item in _items.EnumerateArray())
            yield return _columns.Read(item, ++number);
    }

    public override Value? Find(JsonPointer pointer)
    {
        try
        {
            return pointer.TryFind(_document.RootElement, out var found) ? PlainJson.Read(found) : default(Value?);
        }
        catch (Exception failure) when (failure is FormatException or InvalidOperationException)
        {
            throw new UnreadableAnswerException("What it tells beside its items cannot be read.");
        }
    }

    public override void Dispose() => _document.Dispose();

    /// <summary>Whether what stands where errors stand is one.</summary>
    public static bool IsError(JsonElement error) => error.ValueKind switch
    {
        JsonValueKind.Null or JsonValueKind.False or JsonValueKind.Undefined => false,
        JsonValueKind.Array => error.GetArrayLength() > 0,
        JsonValueKind.String => error.ValueEquals("") is false,
        _ => true,
    };
}

/// <summary>Parses JSON without showing it.</summary>
internal static class JsonText
{
    // A member that stands twice: which one counts would be the parser's choice.
    private static readonly JsonDocumentOptions Strict = new() { AllowDuplicateProperties = false };

    /// <exception cref="UnreadableAnswerException">It is none.</exception>
    public static JsonDocument Parse(ReadOnlyMemory<byte> utf8, string what)
    {
        try
        {
            return JsonDocument.Parse(utf8, Strict);
        }
        catch (JsonException)
        {
            // The parser's message may show what it does not understand.
            throw new UnreadableAnswerException($"{what} is not JSON, is cut off, or has a member that stands twice.");
        }
    }
}
