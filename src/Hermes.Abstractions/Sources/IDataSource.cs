namespace Hermes.Abstractions.Sources;

/// <summary>
/// A place that a server polls: a database, a directory, a web service, a file. One object serves all types that read from it, one call at a time.
/// What else a source can do, it says by a second interface: <see cref="IWritableSource"/>, <see cref="IChangeFeedSource"/>.
/// </summary>
public interface IDataSource
{
    /// <summary>Reads rows, as a stream.</summary>
    /// <param name="operation">What to read; its kind is <see cref="SourceOperationKind.Fetch"/>.</param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>
    /// The rows. The stream ends normally only if the read is provably complete: a broken, truncated or timed-out read throws, because rows
    /// that are missing would look like removals.
    /// </returns>
    /// <exception cref="SourceException">The read failed, or is not complete.</exception>
    IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken);
}
