using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Runtime.Buses;

/// <summary>The headers of a message as they lie in its row. Most readers ask for none, so they are read when first asked for.</summary>
/// <param name="text">A JSON object of texts, in UTF-8.</param>
/// <param name="offset">The offset of the message.</param>
/// <param name="place">The bus, as its messages call it.</param>
/// <remarks>Headers that are no JSON object of texts are told of then, as a <see cref="BusException"/>.</remarks>
internal sealed class StoredHeaders(byte[] text, BusOffset offset, string place) : IReadOnlyDictionary<string, string>
{
    private Dictionary<string, string>? _headers;

    public IEnumerable<string> Keys => Headers.Keys;

    public IEnumerable<string> Values => Headers.Values;

    public int Count => Headers.Count;

    private Dictionary<string, string> Headers => _headers ??= Parse();

    public string this[string key] => Headers[key];

    public bool ContainsKey(string key) => Headers.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => Headers.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private Dictionary<string, string> Parse()
    {
        try
        {
            return Parse(text);
        }
        catch (JsonException exception)
        {
            throw new BusException(
                $"The headers of message {offset} in {place} cannot be read: {exception.Message} Set the column 'headers' of that message to NULL, or correct it.",
                FaultKind.Permanent,
                exception);
        }
    }

    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("They are no JSON object.");
        var headers = new Dictionary<string, string>(8, StringComparer.Ordinal);
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            headers[name] = reader.TokenType == JsonTokenType.String ? reader.GetString()! : throw new JsonException($"The header '{name}' is no text.");
        }

        return headers;
    }
}
