using System.Collections;
using System.Diagnostics.CodeAnalysis;
using System.Text.Json;

namespace Hermes.Sqlite.Bus;

/// <summary>The headers of a message as they lie in its row. Most readers ask for none, so they are made when first asked for.</summary>
internal sealed class StoredHeaders : IReadOnlyDictionary<string, string>
{
    private readonly byte[] text;
    private Dictionary<string, string>? headers;

    /// <exception cref="JsonException">It is not a JSON object of texts.</exception>
    public StoredHeaders(byte[] text)
    {
        Check(text);
        this.text = text;
    }

    public IEnumerable<string> Keys => Headers.Keys;

    public IEnumerable<string> Values => Headers.Values;

    public int Count => Headers.Count;

    private Dictionary<string, string> Headers => headers ??= Parse(text);

    public string this[string key] => Headers[key];

    public bool ContainsKey(string key) => Headers.ContainsKey(key);

    public bool TryGetValue(string key, [MaybeNullWhen(false)] out string value) => Headers.TryGetValue(key, out value);

    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => Headers.GetEnumerator();

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static void Check(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new JsonException("They are no JSON object.");
        while (reader.Read())
        {
            if (reader.TokenType == JsonTokenType.PropertyName && (!reader.Read() || reader.TokenType != JsonTokenType.String))
                throw new JsonException($"The value of a header, before byte {reader.BytesConsumed}, is no text.");
        }
    }

    private static Dictionary<string, string> Parse(ReadOnlySpan<byte> text)
    {
        var reader = new Utf8JsonReader(text);
        var headers = new Dictionary<string, string>(8, StringComparer.Ordinal);
        while (reader.Read())
        {
            if (reader.TokenType != JsonTokenType.PropertyName)
                continue;
            var name = reader.GetString()!;
            reader.Read();
            headers[name] = reader.GetString()!;
        }

        return headers;
    }
}
