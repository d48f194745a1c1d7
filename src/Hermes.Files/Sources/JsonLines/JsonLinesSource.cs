using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using System.Text.Json;
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
