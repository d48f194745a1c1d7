using System.ComponentModel.DataAnnotations;
using System.Runtime.CompilerServices;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Runtime.Registration;
using Hermes.Sql.Connections;
using Hermes.Sql.Faults;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Sql.Source;

/// <summary>
/// A data source that reads any database with an ADO.NET driver. Rows are streamed; the variables of an operation are bound as parameters
/// (<c>@name</c>, on Oracle <c>:name</c>).
/// </summary>
public sealed class SqlSource : IWritableSource
{
    private readonly string _subject;
    private readonly ILogger _logger;
    private readonly bool _consistent;
    private readonly ReadingRules _rules;
    private readonly SqlDatabase _database;

    /// <summary>Makes a source. The options are copied.</summary>
    /// <param name="name">The name of the source, for messages.</param>
    /// <param name="options">The settings, connected by one of their <c>Connect</c> methods.</param>
    /// <param name="logger">Is told what is not worth failing for.</param>
    /// <exception cref="ValidationException">A setting is wrong.</exception>
    /// <exception cref="InvalidOperationException">The options are not connected.</exception>
    public SqlSource(string name, SqlSourceOptions options, ILogger<SqlSource>? logger = null)
    {
        PartOptions.Require(options);
        _subject = $"SQL source '{name}'";
        _logger = logger ?? NullLogger<SqlSource>.Instance;
        _consistent = options.ConsistentRead;
        _rules = new ReadingRules(options.DeclaredDates);
        _database = new SqlDatabase(options);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        RequireQuery(operation);
        return ReadAsync(operation, cancellationToken);
    }

    /// <summary>Runs the query of the operation, in a transaction, with its variables bound.</summary>
    /// <exception cref="SourceException">The write failed; nothing of it is stored.</exception>
    public async Task ExecuteAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        RequireQuery(operation);
        await using var connection = _database.Create(out var dialect);
        try
        {
            await _database.OpenAsync(connection, dialect, cancellationToken);
            await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
            await using var command = _database.Command(connection, dialect, operation.Query, operation.Variables);
            command.Transaction = transaction;
            await command.ExecuteNonQueryAsync(cancellationToken);
            await transaction.CommitAsync(cancellationToken);
        }
        catch (Exception failure) when (SqlFailure.IsForeign(failure, cancellationToken))
        {
            cancellationToken.ThrowIfCancellationRequested();
            var told = SqlFailure.Of(failure, _subject, dialect, connection, operation.Variables.Values);
            throw new SourceException(told.Message, told.Fault.Kind, told.Cause);
        }
    }

    private async IAsyncEnumerable<SourceRow> ReadAsync(
        SourceOperation operation, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        await using var read = await SqlRead.StartAsync(_subject, _logger, _database, _rules, _consistent, operation, cancellationToken);
        while (await read.NextAsync(cancellationToken) is { } row)
            yield return row;
    }

    private void RequireQuery(SourceOperation operation)
    {
        ArgumentNullException.ThrowIfNull(operation);
        if (string.IsNullOrWhiteSpace(operation.Query))
            throw new SourceException($"{_subject}: the query is empty. Write one, with @name for each variable.", FaultKind.Permanent);
    }
}
