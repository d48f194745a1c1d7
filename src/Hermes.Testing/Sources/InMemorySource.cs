using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Sources;

/// <summary>
/// A data source in memory. The query of an operation names a table; variables and everything that is written back are recorded, for the test to look at.
/// Safe for use by many threads.
/// </summary>
public sealed class InMemorySource : IWritableSource
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, InMemoryTable> tables = new(StringComparer.Ordinal);
    private readonly List<SourceOperation> fetches = [];
    private readonly List<SourceOperation> writes = [];
    private Exception? writeFailure;

    /// <summary>The fetches so far, in order.</summary>
    public IReadOnlyList<SourceOperation> Fetches
    {
        get
        {
            lock (gate)
                return [.. fetches];
        }
    }

    /// <summary>What was written back so far, in order.</summary>
    public IReadOnlyList<SourceOperation> Writes
    {
        get
        {
            lock (gate)
                return [.. writes];
        }
    }

    /// <summary>Makes a table that a query names. The table of the same name is replaced.</summary>
    public InMemoryTable Table(string query, params IEnumerable<string> columns)
    {
        var table = new InMemoryTable(columns);
        lock (gate)
            tables[query] = table;
        return table;
    }

    /// <summary>Lets what is written back fail with this exception; null lets it succeed again.</summary>
    public void FailWrites(Exception? exception)
    {
        lock (gate)
            writeFailure = exception;
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return ReadAsync(operation, cancellationToken);
    }

    /// <inheritdoc/>
    public Task ExecuteAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        cancellationToken.ThrowIfCancellationRequested();
        lock (gate)
        {
            if (writeFailure is not null)
                return Task.FromException(writeFailure);
            writes.Add(operation);
        }

        return Task.CompletedTask;
    }

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var (rows, announced, failure) = Start(operation).Read();
        long count = 0;
        foreach (var row in rows)
        {
            cancellationToken.ThrowIfCancellationRequested();
            count++;
            yield return row;
        }

        await Task.CompletedTask;
        cancellationToken.ThrowIfCancellationRequested();
        if (failure is not null)
            throw failure;
        if (announced is { } expected && expected != count)
            throw new SourceException($"The source announced {expected} rows and returned {count}. The read is not used.",
                FaultKind.Transient);
    }

    private InMemoryTable Start(SourceOperation operation)
    {
        lock (gate)
        {
            fetches.Add(operation);
            return tables.TryGetValue(operation.Query, out var table)
                ? table
                : throw new SourceException(
                    $"The in-memory source has no table '{operation.Query}'; it has {string.Join(", ", tables.Keys.Order(StringComparer.Ordinal))}.",
                        FaultKind.Permanent);
        }
    }
}
