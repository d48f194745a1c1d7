using System.Runtime.CompilerServices;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Sources;

/// <summary>An <see cref="InMemorySource"/> that can also tell what changed in its tables. Safe for use by many threads.</summary>
/// <param name="source">The source. Rows of a table are told apart by the key.</param>
/// <param name="capabilities">What the feed can tell.</param>
/// <param name="key">The columns that tell rows apart, in every table that is watched.</param>
public sealed class InMemoryChangeFeed(InMemorySource source, ChangeFeedCapabilities capabilities, params IEnumerable<string> key) : IChangeFeedSource
{
    private readonly string[] _key = [.. key];

    /// <inheritdoc/>
    public ChangeFeedCapabilities Capabilities => capabilities;

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken) =>
        source.FetchAsync(operation, cancellationToken);

    /// <inheritdoc/>
    public IAsyncEnumerable<FeedItem> ReadChangesAsync(SourceOperation operation, string? cursor, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ReadAsync(operation, cursor, cancellationToken);
    }

    /// <summary>Lets the feed of a table forget all its cursors, as a server does that throws its log away.</summary>
    public void ForgetCursors(string query) => source.Find(query).ForgetCursors();

    private async IAsyncEnumerable<FeedItem> ReadAsync(
        SourceOperation operation, string? cursor, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (items, failure) = source.Find(operation.Query).ReadChanges(cursor, _key, capabilities.TellsDeletions);
        foreach (var item in items)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return item;
        }

        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
            throw failure;
    }
}
