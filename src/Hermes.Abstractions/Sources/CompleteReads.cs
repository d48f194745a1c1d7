using System.Runtime.CompilerServices;

namespace Hermes.Abstractions.Sources;

/// <summary>Guards reads of sources that say how many rows they hold.</summary>
public static class CompleteReads
{
    /// <summary>Passes the rows on and throws at the end if they are not as many as the source announced.</summary>
    /// <exception cref="SourceException">There were fewer or more rows.</exception>
    public static async IAsyncEnumerable<SourceRow> ExpectAsync(
        this IAsyncEnumerable<SourceRow> rows, long announced, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(rows);
        long seen = 0;
        await foreach (var row in rows.WithCancellation(cancellationToken))
        {
            seen++;
            yield return row;
        }

        if (seen != announced)
            throw new SourceException($"The source announced {announced} rows and returned {seen}. The read is not used.", FaultKind.Transient);
    }
}
