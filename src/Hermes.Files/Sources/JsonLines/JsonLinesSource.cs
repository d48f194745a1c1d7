using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;

namespace Hermes.Files.Sources.JsonLines;

/// <summary>
/// A data source that reads files with one JSON object per line (also called NDJSON), or with one JSON array of objects. It cannot be written to.
/// </summary>
public sealed class JsonLinesSource : IDataSource
{
    private readonly string _subject;
    private readonly JsonLinesSourceOptions _options;

    /// <summary>Makes a source.</summary>
    /// <param name="name">The name of the source, for messages.</param>
    /// <param name="options">The settings; not to be changed afterwards.</param>
    /// <exception cref="ValidationException">A setting is missing or wrong.</exception>
    public JsonLinesSource(string name, JsonLinesSourceOptions options)
    {
        PartOptions.Require(options);
        _subject = $"JSON-lines source '{name}'";
        _options = options;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return SourceFiles.Of(_subject, _options, operation).ReadAsync(
            file => JsonArray.IsIn(file)
                ? JsonArray.ReadAsync(file, Objects(operation), _options.Completeness == FileCompleteness.Trailer, cancellationToken)
                : ReadAsync(file, Objects(operation), cancellationToken),
            cancellationToken);
    }

    private JsonObjects Objects(SourceOperation operation) => new(_options.MissingMembers == MissingMember.NotSet ? operation.Attributes : []);

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceFile file, JsonObjects objects, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long number = 0, rows = 0;
        Value? trailer = null;
        while (await file.Reader.ReadLineAsync(cancellationToken) is { } line)
        {
            number++;
            if (string.IsNullOrWhiteSpace(line))
                continue;
            if (trailer is not null)
                throw file.Malformed(number, "There is a record behind the trailer.");

            var row = Parse(file, line, number);
            if (_options.Completeness == FileCompleteness.Trailer && row is [(var name, var announced)] && name == _options.Trailer)
            {
                trailer = announced;
                continue;
            }

            rows++;
            yield return objects.ToRow(row);
        }

        Verify(file, trailer, rows);
    }

    private void Verify(SourceFile file, Value? trailer, long rows)
    {
        if (_options.Completeness != FileCompleteness.Trailer)
            return;
        if (trailer is not { } announced)
            throw file.Incomplete($"does not end with the trailer {{\"{_options.Trailer}\": number of rows}}");
        file.VerifyRows(announced.Kind == ValueKind.Integer ? announced.AsInteger() : null, rows);
    }

    private static List<KeyValuePair<string, Value>> Parse(SourceFile file, string line, long number)
    {
        try
        {
            return JsonObjects.Parse(line);
        }
        catch (JsonException failure)
        {
            throw file.Malformed(number, $"This is not a JSON object (column {failure.BytePositionInLine + 1}). Is the file cut off?");
        }
        catch (FormatException failure)
        {
            throw file.Malformed(number, failure.Message);
        }
    }
}

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
