using Hermes.Crash.Host;
using Hermes.Crash.Tests.Rig;
using Npgsql;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>Looks into the database of a campus with plain SQL.</summary>
internal static class CampusTables
{
    /// <summary>The bodies of all messages on the bus. Nobody but the server of the campus sends there.</summary>
    public static async Task<IReadOnlyList<ReadOnlyMemory<byte>>> BusAsync(DatabasePlace database) =>
        [.. (await RowsAsync(database, $"SELECT body FROM {DatabasePlace.Bus}.messages ORDER BY msgoffset")).Select(row => new ReadOnlyMemory<byte>((byte[])row[0]!))];

    /// <summary>The rows of a query, whenever the database answers.</summary>
    public static Task<List<object?[]>> RowsAsync(DatabasePlace database, string sql) => Patiently.AskAsync(async () =>
    {
        await using var connection = new NpgsqlConnection(database.ConnectionString + ";Pooling=false");
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<object?[]>();
        while (await reader.ReadAsync())
            rows.Add([.. Enumerable.Range(0, reader.FieldCount).Select(i => reader.IsDBNull(i) ? null : reader.GetValue(i))]);
        return rows;
    });
}
