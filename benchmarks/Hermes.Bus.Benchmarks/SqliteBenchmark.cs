using System.Text.Json;
using Hermes.Abstractions.Buses;
using Hermes.TestSupport.Buses;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Bus.Benchmarks;

/// <summary>The bus in a SQLite file, beside inserts of the same bodies, ids and headers into a bare table, as many to a transaction, equally durable.</summary>
internal static class SqliteBenchmark
{
    public static async Task RunAsync(Load load)
    {
        var folder = Directory.CreateTempSubdirectory("hermes-bus-");
        try
        {
            var bus = Path.Combine(folder.FullName, "bus.db");
            using var bare = OpenBare(Path.Combine(folder.FullName, "bare.db"));
            await using var producer = CapturedBus.Producer(server => server.UseSqliteBus(bus));
            var loads = Enumerable.Range(0, 5).Select(load.Again).ToArray();

            await Comparison.RunAsync(
                "SQLite, send",
                load.Messages.Count,
                async round =>
                {
                    foreach (var batch in loads[round].Batches())
                        await producer.SendAsync(batch, default);
                },
                round =>
                {
                    foreach (var batch in loads[round].Batches())
                        InsertBare(bare, batch);
                    return Task.CompletedTask;
                });

            await Comparison.RunAsync("SQLite, read", load.Messages.Count, _ => ReadAsync(bus, load.Messages.Count), _ => ReadBare(bare, load.Messages.Count));
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    private static async Task ReadAsync(string bus, int count)
    {
        await using var consumer = CapturedBus.Consumer(client => client.UseSqliteBus(bus));
        await foreach (var _ in consumer.ReadAsync(BusPosition.Beginning, default))
        {
            if (--count == 0)
                break;
        }
    }

    private static SqliteConnection OpenBare(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        using var command = connection.CreateCommand();
        command.CommandText = "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE message (id INTEGER PRIMARY KEY, data TEXT, time REAL, event TEXT, headers TEXT)";
        command.ExecuteNonQuery();
        return connection;
    }

    private static void InsertBare(SqliteConnection connection, IReadOnlyList<BusMessage> batch)
    {
        using var transaction = connection.BeginTransaction();
        using var command = connection.CreateCommand();
        command.CommandText = "INSERT INTO message (data, time, event, headers) VALUES ($data, 1.5, $event, $headers)";
        command.Transaction = transaction;
        var data = command.Parameters.Add("$data", SqliteType.Blob);
        var id = command.Parameters.Add("$event", SqliteType.Text);
        var headers = command.Parameters.Add("$headers", SqliteType.Blob);
        foreach (var message in batch)
        {
            data.Value = message.Body.ToArray();
            id.Value = message.Id;
            headers.Value = JsonSerializer.SerializeToUtf8Bytes(message.Headers);
            command.ExecuteNonQuery();
        }

        transaction.Commit();
    }

    private static Task ReadBare(SqliteConnection connection, int count)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT id, data, time, event, headers FROM message ORDER BY id";
        using var reader = command.ExecuteReader();
        while (count-- > 0 && reader.Read())
        {
            _ = reader.GetInt64(0);
            _ = reader.GetFieldValue<byte[]>(1);
            _ = reader.GetDouble(2);
            _ = reader.GetString(3);
            _ = JsonSerializer.Deserialize<Dictionary<string, string>>(reader.GetFieldValue<byte[]>(4));
        }

        return Task.CompletedTask;
    }
}
