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
    private readonly Lock _gate = new();
    private readonly Dictionary<string, InMemoryTable> _tables = new(StringComparer.Ordinal);
    private readonly List<SourceOperation> _fetches = [];
    private readonly List<SourceOperation> _writes = [];
    private Exception? _writeFailure;

    /// <summary>The fetches so far, in order.</summary>
    public IReadOnlyList<SourceOperation> Fetches
    {
        get
        {
            lock (_gate)
                return [.. _fetches];
        }
    }

    /// <summary>What was written back so far, in order.</summary>
    public IReadOnlyList<SourceOperation> Writes
    {
        get
        {
            lock (_gate)
                return [.. _writes];
        }
    }

    /// <summary>Makes a table that a query names. The table of the same name is replaced.</summary>
    public InMemoryTable Table(string query, params IEnumerable<string> columns)
    {
        var table = new InMemoryTable(columns);
        lock (_gate)
            _tables[query] = table;
        return table;
    }

    /// <summary>Lets what is written back fail with this exception; null lets it succeed again.</summary>
    public void FailWrites(Exception? exception)
    {
        lock (_gate)
            _writeFailure = exception;
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
        lock (_gate)
        {
            if (_writeFailure is not null)
                return Task.FromException(_writeFailure);
            _writes.Add(operation);
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

    internal InMemoryTable Find(string query)
    {
        lock (_gate)
        {
            return _tables.TryGetValue(query, out var table)
                ? table
                : throw new SourceException(
                    $"The in-memory source has no table '{query}'; it has {string.Join(", ", _tables.Keys.Order(StringComparer.Ordinal))}.",
                    FaultKind.Permanent);
        }
    }

    private InMemoryTable Start(SourceOperation operation)
    {
        lock (_gate)
            _fetches.Add(operation);
        return Find(operation.Query);
    }
}
