using System.Globalization;
using System.Text;
using Hermes.Abstractions;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.Database;

/// <summary>
/// Makes the tables of a schema, brings them to the newest version, and refuses a schema that is foreign or newer. If all is as it should be, it only reads: a
/// user without the right to make tables can do all the rest.
/// </summary>
internal static class DatabaseSetup
{
    private const int MostAttempts = 10;

    /// <exception cref="DatabaseFaultException">The schema cannot be used.</exception>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task EnsureAsync(PostgreSqlDatabase database, DatabaseFormat format, bool mayCreate, CancellationToken cancellationToken)
    {
        for (var attempt = 1; ; attempt++)
        {
            try
            {
                await TryEnsureAsync(database, format, mayCreate, cancellationToken);
                return;
            }
            catch (PostgresException exception) when (attempt < MostAttempts && IsOfAnother(exception))
            {
                // Another process is making the same: it is there when that one is done, or this one makes it.
            }
        }
    }

    private static async Task TryEnsureAsync(PostgreSqlDatabase database, DatabaseFormat format, bool mayCreate, CancellationToken cancellationToken)
    {
        await using var connection = await database.OpenAsync(cancellationToken);
        var found = await FindAsync(connection, database, format, "", cancellationToken);
        if (found == format.Versions.Count)
            return;
        if (!mayCreate)
        {
            throw new DatabaseFaultException(
                found is null
                    ? $"There is no {format.Holds} in the {database.Place}. Correct the name of the schema, or let Hermes make it (CreateSchema)."
                    : $"The {format.Holds} in the {database.Place} is of an older version (format {found}). Let Hermes bring it up to date once (CreateSchema).",
                FaultKind.Permanent);
        }

        await using var transaction = await connection.BeginTransactionAsync(cancellationToken);
        if (found is null)
        {
            await CreateFormatAsync(connection, database, format, cancellationToken);
            found = 0;
        }
        else
        {
            // Asked again under a lock: another process may have upgraded meanwhile.
            found = await FindAsync(connection, database, format, " FOR UPDATE", cancellationToken);
        }

        var script = new StringBuilder();
        foreach (var version in format.Versions.Skip(found!.Value))
            script.Append(version.Replace("{0}", database.Quoted, StringComparison.Ordinal)).Append(";\n");
        script.Append(CultureInfo.InvariantCulture, $"UPDATE {database.Quoted}.format SET version = {format.Versions.Count}");
        await connection.Command(script.ToString()).RunAsync(cancellationToken);
        await transaction.CommitAsync(cancellationToken);
    }

    /// <summary>The version that is there; null if nothing is.</summary>
    private static async Task<int?> FindAsync(
        NpgsqlConnection connection, PostgreSqlDatabase database, DatabaseFormat format, string locking, CancellationToken cancellationToken)
    {
        // Read from the catalogue, which anybody may: a table that is not there is no error then, and one that may not be read is told as such.
        var tables = await connection
            .Command("SELECT c.relname::text FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname = $1 AND c.relkind IN ('r', 'p')")
            .With(database.Schema, NpgsqlDbType.Text)
            .RowsAsync(row => row.GetString(0), cancellationToken);
        if (tables.Count == 0)
            return null;
        if (!tables.Contains("format", StringComparer.Ordinal))
            throw Foreign(database, format);
        var rows = await connection
            .Command($"SELECT kind, version FROM {database.Quoted}.format{locking}")
            .RowsAsync(row => (Kind: row.GetString(0), Version: row.GetInt32(1)), cancellationToken);
        if (rows is not [var found] || found.Kind != format.Kind)
            throw Foreign(database, format);
        return found.Version <= format.Versions.Count
            ? found.Version
            : throw new DatabaseFaultException(
                $"The {format.Holds} in the {database.Place} was written by a newer version of Hermes (format {found.Version}; this one knows {format.Versions.Count}). "
                + "Update Hermes.",
                FaultKind.Permanent);
    }

    private static async Task CreateFormatAsync(NpgsqlConnection connection, PostgreSqlDatabase database, DatabaseFormat format, CancellationToken cancellationToken)
    {
        // A schema that an administrator made needs no right on the database.
        var isThere = await connection.Command("SELECT 1 FROM pg_namespace WHERE nspname = $1")
            .With(database.Schema, NpgsqlDbType.Text)
            .ScalarAsync<int>(cancellationToken) == 1;
        if (!isThere)
            await connection.Command($"CREATE SCHEMA {database.Quoted}").RunAsync(cancellationToken);
        await connection.Command($"CREATE TABLE {database.Quoted}.format (kind text NOT NULL, version int NOT NULL)").RunAsync(cancellationToken);
        await connection.Command($"INSERT INTO {database.Quoted}.format (kind, version) VALUES ($1, 0)")
            .With(format.Kind, NpgsqlDbType.Text)
            .RunAsync(cancellationToken);
    }

    private static bool IsOfAnother(PostgresException exception) => exception.SqlState
        is PostgresErrorCodes.DuplicateSchema or PostgresErrorCodes.DuplicateTable or PostgresErrorCodes.DuplicateObject or PostgresErrorCodes.UniqueViolation;

    private static DatabaseFaultException Foreign(PostgreSqlDatabase database, DatabaseFormat format) => new(
        $"The {database.Place} is not a {format.Holds}: it belongs to something else. Give another schema.", FaultKind.Permanent);
}
