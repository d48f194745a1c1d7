using Npgsql;

namespace Hermes.PostgreSql.ServerState;

/// <summary>Rows for a table, gathered so that they go to the database many at a time, by COPY.</summary>
/// <param name="sql">The COPY statement, in binary format.</param>
/// <param name="write">Writes a row.</param>
internal sealed class CopiedRows<T>(string sql, Func<NpgsqlBinaryImporter, T, Task> write)
{
    private const int MostRows = 5000;
    private const long MostBytes = 8_000_000;

    private readonly List<T> _rows = [];
    private long _bytes;

    /// <summary>Takes a row; many that came before may go to the database.</summary>
    public async ValueTask AddAsync(NpgsqlConnection connection, T row, int bytes)
    {
        _rows.Add(row);
        _bytes += bytes;
        if (_rows.Count >= MostRows || _bytes >= MostBytes)
            await FinishAsync(connection);
    }

    /// <summary>Sends what is left.</summary>
    public async ValueTask FinishAsync(NpgsqlConnection connection)
    {
        if (_rows.Count == 0)
            return;
        await using (var importer = await connection.BeginBinaryImportAsync(sql))
        {
            foreach (var row in _rows)
            {
                await importer.StartRowAsync();
                await write(importer, row);
            }

            await importer.CompleteAsync();
        }

        _rows.Clear();
        _bytes = 0;
    }
}
