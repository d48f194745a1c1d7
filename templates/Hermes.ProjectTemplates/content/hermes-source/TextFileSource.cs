using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;

namespace HermesSource;

/// <summary>Reads a row from each line of a file, with the columns <c>number</c> and <c>text</c>. Put what your own source is in its place.</summary>
public sealed class TextFileSource(TextFileSourceOptions options) : IDataSource
{
    /// <inheritdoc/>
    public async IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        // The query is what the data type says under Fetch: here, the name of the file.
        var path = Path.Combine(options.Folder, operation.Query);
        if (!File.Exists(path))
            throw new SourceException($"There is no file '{path}'. Put it there, or correct Fetch or Folder.", FaultKind.Permanent);

        // Made once for a read. The rows must be all, or an exception: rows that are missing would look like removals.
        var columns = new RowColumns("number", "text");
        var number = 0L;
        await foreach (var line in File.ReadLinesAsync(path, cancellationToken))
            yield return new SourceRow(columns, [++number, line]);
    }
}
