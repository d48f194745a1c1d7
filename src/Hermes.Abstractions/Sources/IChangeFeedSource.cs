namespace Hermes.Abstractions.Sources;

/// <summary>
/// A data source that can also tell what changed since it was asked last, such as a directory with change numbers or a table with a watermark. A feed
/// stands beside full reads and never in their place: full reads stay the truth, and are done every so often and whenever a cursor is not accepted.
/// </summary>
/// <remarks>
/// To begin, a cursor is asked for with a null cursor, and then all rows are fetched: what changes during the fetch is told by the first read from
/// that cursor. So a feed may tell of a change that is known already, and of one change more than once, but it leaves none out. The engine does not
/// read feeds yet: this is the seam for it.
/// </remarks>
public interface IChangeFeedSource : IDataSource
{
    /// <summary>What the feed can tell. The same for the life of the source.</summary>
    ChangeFeedCapabilities Capabilities { get; }

    /// <summary>Reads what changed since a cursor, as a stream.</summary>
    /// <param name="operation">What is watched: a fetch, as it is given to <see cref="IDataSource.FetchAsync"/>. A cursor belongs to its query and variables.</param>
    /// <param name="cursor">
    /// Where an earlier read of the same operation ended: a text that only the source understands. Null asks for the cursor of now; nothing else is told then.
    /// </param>
    /// <param name="cancellationToken">Ends the read.</param>
    /// <returns>
    /// Rows that were added or changed and, if the source can tell, the keys of rows that are gone, the last word on a row last; then, as the last item,
    /// one <see cref="FeedCursor"/>. A stream that ends without it is not complete: a broken or truncated read throws, as a full read does.
    /// </returns>
    /// <exception cref="CursorNotAcceptedException">The source cannot tell what changed since this cursor. Fetch all rows, and begin with a null cursor.</exception>
    /// <exception cref="SourceException">The read failed, or is not complete. The cursor from before may be used again.</exception>
    IAsyncEnumerable<FeedItem> ReadChangesAsync(SourceOperation operation, string? cursor, CancellationToken cancellationToken);
}
