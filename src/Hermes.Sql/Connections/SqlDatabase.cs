using System.Data;
using System.Data.Common;
using Hermes.Abstractions.Data;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Connections;

/// <summary>Opens connections and makes commands, as the dialect of the database wants them.</summary>
internal sealed class SqlDatabase
{
    private readonly Func<DbConnection> _connections;
    private readonly int _timeoutSeconds;

    public SqlDatabase(SqlConnectionOptions options)
    {
        _connections = options.Connections ?? throw new InvalidOperationException("The options are not connected to a database.");
        _timeoutSeconds = (int)Math.Ceiling(options.CommandTimeout.TotalSeconds);
        Dialect = options.Dialect == SqlDialect.Auto ? null : Dialect.Of(options.Dialect);
    }

    /// <summary>The dialect; null until the first connection told it.</summary>
    private Dialect? Dialect { get; set; }

    /// <summary>The dialect, told from a connection if none told it yet.</summary>
    public Dialect FindDialect()
    {
        if (Dialect is { } known)
            return known;
        using var connection = Create(out var dialect);
        return dialect;
    }

    /// <summary>Makes a connection that is not open yet, and tells the dialect.</summary>
    public DbConnection Create(out Dialect dialect)
    {
        var connection = _connections();
        dialect = Dialect ??= Dialect.Detect(connection);
        return connection;
    }

    /// <summary>Opens a connection that <see cref="Create"/> made.</summary>
    public async Task OpenAsync(DbConnection connection, Dialect dialect, CancellationToken cancellationToken)
    {
        if (connection.State != ConnectionState.Closed)
            return;
        dialect.Prepare(connection, _timeoutSeconds);
        await connection.OpenAsync(cancellationToken);
    }

    /// <summary>Makes a command whose variables are bound as parameters.</summary>
    public DbCommand Command(DbConnection connection, Dialect dialect, string text, IReadOnlyDictionary<string, Value> variables)
    {
        var command = connection.CreateCommand();
        command.CommandText = text;
        command.CommandTimeout = _timeoutSeconds;
        dialect.Prepare(command);
        foreach (var (name, value) in variables)
        {
            if (dialect.Takes(text, name))
                Bind(command, dialect, name, value);
        }

        return command;
    }

    /// <summary>Adds a parameter.</summary>
    public static void Bind(DbCommand command, Dialect dialect, string name, Value value)
    {
        var parameter = command.CreateParameter();
        parameter.ParameterName = dialect.ParameterName(name);
        parameter.Value = dialect.ToParameter(value);
        command.Parameters.Add(parameter);
    }
}
