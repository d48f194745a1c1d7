namespace Hermes.Abstractions.Sources;

/// <summary>What a change feed tells: one of the kinds below.</summary>
public abstract record FeedItem
{
    private protected FeedItem()
    {
    }
}

/// <summary>A row that was added or changed.</summary>
/// <param name="Row">The row as it is now, with all columns that a full read returns.</param>
public sealed record RowChanged(SourceRow Row) : FeedItem;

/// <summary>A row that is gone.</summary>
/// <param name="Key">The columns that tell which one it was; others are missing.</param>
public sealed record RowDeleted(SourceRow Key) : FeedItem;

/// <summary>The end of a read. All that the feed told before is what changed up to here.</summary>
/// <param name="Cursor">Where the next read begins.</param>
public sealed record FeedCursor(string Cursor) : FeedItem;
