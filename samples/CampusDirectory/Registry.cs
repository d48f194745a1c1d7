using Npgsql;

namespace CampusDirectory;

/// <summary>The PostgreSQL database of the university, as those see it who work with it.</summary>
internal sealed class Registry(string connectionString)
{
    public async Task ExecuteAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync();
    }

    /// <summary>The rows of a query, each as texts; null where the column is.</summary>
    public async Task<IReadOnlyList<string?[]>> QueryAsync(string sql)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync();
        await using var command = new NpgsqlCommand(sql, connection);
        await using var reader = await command.ExecuteReaderAsync();
        var rows = new List<string?[]>();
        while (await reader.ReadAsync())
        {
            rows.Add(
            [
                .. from column in Enumerable.Range(0, reader.FieldCount)
                   select reader.IsDBNull(column) ? null : reader.GetValue(column).ToString(),
            ]);
        }

        return rows;
    }
}
