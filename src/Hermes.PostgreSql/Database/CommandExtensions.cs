using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.Database;

/// <summary>Commands with parameters by position: <c>$1</c>, <c>$2</c>, ...</summary>
internal static class CommandExtensions
{
    /// <summary>Makes a command.</summary>
    public static NpgsqlCommand Command(this NpgsqlConnection connection, string sql) => new(sql, connection);

    /// <summary>Adds a command to a batch and returns it.</summary>
    public static NpgsqlBatchCommand Add(this NpgsqlBatch batch, string sql)
    {
        var command = new NpgsqlBatchCommand(sql);
        batch.BatchCommands.Add(command);
        return command;
    }

    /// <summary>Adds the next parameter.</summary>
    public static NpgsqlCommand With<T>(this NpgsqlCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(Parameter(value, type));
        return command;
    }

    /// <inheritdoc cref="With{T}(NpgsqlCommand, T, NpgsqlDbType)"/>
    public static NpgsqlBatchCommand With<T>(this NpgsqlBatchCommand command, T value, NpgsqlDbType type)
    {
        command.Parameters.Add(Parameter(value, type));
        return command;
    }

    /// <summary>Runs a command to its end and gives its connection back.</summary>
    public static async Task RunAsync(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            await command.ExecuteNonQueryAsync(cancellationToken);
    }

    /// <summary>Runs a query for one value; the default when there is no row, or NULL.</summary>
    public static async Task<T?> ScalarAsync<T>(this NpgsqlCommand command, CancellationToken cancellationToken)
    {
        await using (command)
            return await command.ExecuteScalarAsync(cancellationToken) is T value ? value : default;
    }

    /// <summary>Runs a query and reads its rows.</summary>
    public static async Task<List<T>> RowsAsync<T>(this NpgsqlCommand command, Func<NpgsqlDataReader, T> read, CancellationToken cancellationToken)
    {
        await using (command)
        {
            var rows = new List<T>();
            await using var reader = await command.ExecuteReaderAsync(cancellationToken);
            while (await reader.ReadAsync(cancellationToken))
                rows.Add(read(reader));
            return rows;
        }
    }

    /// <summary>Closes a connection that may be broken: what is wrong with it was told already, or matters to nobody.</summary>
    public static async ValueTask CloseQuietlyAsync(this NpgsqlConnection connection)
    {
        try
        {
            await connection.DisposeAsync();
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            // The database ends the transaction and the session when it finds the connection gone.
        }
    }

    private static NpgsqlParameter Parameter<T>(T value, NpgsqlDbType type) => value is null
        ? new NpgsqlParameter { Value = DBNull.Value, NpgsqlDbType = type }
        : new NpgsqlParameter<T> { TypedValue = value, NpgsqlDbType = type };
}
