using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Sources;

namespace Hermes.Files.Sources.JsonLines;

/// <summary>Reads a file that is one JSON array of objects, object by object. Its end proves that it is whole.</summary>
internal static partial class JsonArray
{
    private const string Unit = "object";

    /// <summary>Whether a file begins as an array does. A line of JSON lines never does.</summary>
    public static bool IsIn(SourceFile file) => file.Start.AsSpan().TrimStart().StartsWith("[");

    /// <summary>Reads the objects.</summary>
    /// <exception cref="SourceException">The file is not one array of objects.</exception>
    public static async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceFile file, JsonObjects objects, bool wantsTrailer, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (wantsTrailer)
            throw file.Incomplete("is a JSON array, which has no trailer and needs none; set Completeness to MovedIntoPlace");

        // From UTF-8 to UTF-8 as well: this refuses bytes that are no text.
        await using var content = Encoding.CreateTranscodingStream(file.Content, file.Encoding, new UTF8Encoding(false), leaveOpen: true);
        await using var elements = JsonSerializer
            .DeserializeAsyncEnumerable(content, Elements.Default.JsonElement, cancellationToken)
            .GetAsyncEnumerator(cancellationToken);
        for (long number = 1; await NextAsync(file, elements, number); number++)
            yield return objects.ToRow(Members(file, elements.Current, number));
    }

    private static async ValueTask<bool> NextAsync(SourceFile file, IAsyncEnumerator<JsonElement> elements, long number)
    {
        try
        {
            return await elements.MoveNextAsync();
        }
        catch (JsonException)
        {
            throw file.Malformed(Unit, number, "Here, or soon behind it, the file is not an array of JSON objects. Is it cut off?");
        }
    }

    private static List<KeyValuePair<string, Abstractions.Data.Value>> Members(SourceFile file, JsonElement element, long number)
    {
        try
        {
            return JsonObjects.Members(element);
        }
        catch (JsonException)
        {
            throw file.Malformed(Unit, number, "This is not a JSON object.");
        }
        catch (FormatException failure)
        {
            throw file.Malformed(Unit, number, failure.Message);
        }
    }

    [JsonSerializable(typeof(JsonElement))]
    private sealed partial class Elements : JsonSerializerContext;
}
