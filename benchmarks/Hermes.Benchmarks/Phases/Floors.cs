using System.Diagnostics;
using Hermes.Benchmarks.Data;
using Microsoft.Data.Sqlite;

namespace Hermes.Benchmarks.Phases;

/// <summary>What no program could do faster: the same rows through the bare reader, the same bytes into a bare table.</summary>
internal static class Floors
{
    private const int BatchSize = 2_000;

    /// <summary>Reads every column of every row, each in its own type, and does nothing with it.</summary>
    public static double Read(string database)
    {
        using var connection = Open($"Data Source={database};Mode=ReadOnly;Pooling=False");
        var watch = Stopwatch.StartNew();
        long set = 0;
        foreach (var query in new[] { CampusData.GroupsQuery, CampusData.UsersQuery, CampusData.MembershipsQuery })
        {
            using var command = connection.CreateCommand();
            command.CommandText = query;
            using var reader = command.ExecuteReader();
            while (reader.Read())
            {
                for (var column = 0; column < reader.FieldCount; column++)
                    set += reader.GetValue(column) is DBNull ? 0 : 1;
            }
        }

        return set > 0 ? watch.Elapsed.TotalSeconds : throw new InvalidOperationException("Nothing was read.");
    }

    /// <summary>Inserts the bodies of all messages of the bus into a table of one column, in batches, each durable.</summary>
    public static double Insert(string bus, string bareTable)
    {
        using var source = Open($"Data Source={bus};Mode=ReadOnly;Pooling=False");
        using var target = Open($"Data Source={bareTable};Pooling=False");
        Execute(target, "pragma journal_mode=wal; pragma synchronous=full; create table bare (data text not null)");
        using var select = source.CreateCommand();
        select.CommandText = "select data from hermesmessages order by msgid";
        using var reader = select.ExecuteReader();
        using var insert = target.CreateCommand();
        insert.CommandText = "insert into bare values ($data)";
        var data = insert.Parameters.Add("$data", SqliteType.Text);

        var seconds = 0.0;
        var batch = new List<string>(BatchSize);
        bool more;
        do
        {
            batch.Clear();
            while ((more = reader.Read()) && batch.Count < BatchSize)
                batch.Add(reader.GetString(0));
            var watch = Stopwatch.StartNew();
            using var transaction = target.BeginTransaction();
            insert.Transaction = transaction;
            foreach (var text in batch)
            {
                data.Value = text;
                insert.ExecuteNonQuery();
            }

            transaction.Commit();
            seconds += watch.Elapsed.TotalSeconds;
        }
        while (more);

        return seconds;
    }

    private static SqliteConnection Open(string connectionString)
    {
        var connection = new SqliteConnection(connectionString);
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
