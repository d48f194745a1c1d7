using Hermes.Abstractions.Buses;
using Hermes.TestSupport.Buses;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.Bus.Benchmarks;

/// <summary>
/// The bus in a PostgreSQL database, beside a bare COPY of the same bodies and ids into a table with the same indexes, as many to a transaction. The server waits
/// for its disk.
/// </summary>
internal static class PostgreSqlBenchmark
{
    public static async Task RunAsync(Load load)
    {
        await using var server = await PostgreSqlServer.StartAsync(default);
        await Statements.RunAsync(server.ConnectionString, "ALTER SYSTEM SET fsync = on");
        await Statements.RunAsync(server.ConnectionString, "SELECT pg_reload_conf()");
        await Statements.RunAsync(
            server.ConnectionString, "CREATE TABLE bare (number bigint PRIMARY KEY, id text NOT NULL UNIQUE, category text NOT NULL, headers bytea NOT NULL, body bytea NOT NULL)");
        await using var producer = CapturedBus.Producer(parts => parts.UsePostgreSqlBus(server.ConnectionString));
        await using var bare = new NpgsqlConnection(server.ConnectionString);
        await bare.OpenAsync();
        var loads = Enumerable.Range(0, 5).Select(load.Again).ToArray();
        await Comparison.RunAsync(
            "PostgreSQL, send",
            load.Messages.Count,
            async round =>
            {
                foreach (var batch in loads[round].Batches())
                    await producer.SendAsync(batch, default);
            },
            async round =>
            {
                var number = (long)round * load.Messages.Count;
                foreach (var batch in loads[round].Batches())
                    number = await CopyAsync(bare, batch, number);
            });
        await Comparison.RunAsync(
            "PostgreSQL, read", load.Messages.Count, _ => ReadAsync(server.ConnectionString, load.Messages.Count), _ => ReadBareAsync(bare, load.Messages.Count));
    }

    private static async Task<long> CopyAsync(NpgsqlConnection connection, IReadOnlyList<BusMessage> batch, long number)
    {
        await using var transaction = await connection.BeginTransactionAsync();
        await using (var rows = await connection.BeginBinaryImportAsync("COPY bare FROM STDIN (FORMAT BINARY)"))
        {
            foreach (var message in batch)
            {
                await rows.StartRowAsync();
                await rows.WriteAsync(number++, NpgsqlDbType.Bigint);
                await rows.WriteAsync(message.Id!, NpgsqlDbType.Text);
                await rows.WriteAsync(message.Category, NpgsqlDbType.Text);
                await rows.WriteAsync(System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(message.Headers), NpgsqlDbType.Bytea);
                await rows.WriteAsync(message.Body, NpgsqlDbType.Bytea);
            }

            await rows.CompleteAsync();
        }

        await transaction.CommitAsync();
        return number;
    }

    private static async Task ReadAsync(string connectionString, int count)
    {
        await using var consumer = CapturedBus.Consumer(client => client.UsePostgreSqlBus(connectionString));
        await foreach (var _ in consumer.ReadAsync(BusPosition.Beginning, default))
        {
            if (--count == 0)
                break;
        }
    }

    private static async Task ReadBareAsync(NpgsqlConnection connection, int count)
    {
        await using var command = new NpgsqlCommand($"SELECT * FROM bare ORDER BY number LIMIT {count}", connection);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _ = reader.GetInt64(0);
            _ = reader.GetString(1);
            _ = reader.GetFieldValue<byte[]>(3);
            _ = reader.GetFieldValue<byte[]>(4);
        }
    }
}
