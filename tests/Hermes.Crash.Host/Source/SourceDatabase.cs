using Microsoft.Data.Sqlite;

namespace Hermes.Crash.Host.Source;

/// <summary>The database that is polled. Every change stamps its row with a number of its own, so that no two states of a row are equal.</summary>
internal static class SourceDatabase
{
    private const string Tables =
        """
        pragma journal_mode=wal;
        create table users (
            user_id integer primary key, login text not null, first text not null, middle text, last text not null, jobs text, password text not null,
            stamp integer not null);
        create table groups (group_id integer primary key, name text not null, description text, stamp integer not null);
        create table memberships (group_id integer not null, user_id integer not null, stamp integer not null, primary key (group_id, user_id));
        create table receipts (user_id integer, stamp integer);
        create table counter (stamp integer not null, transactions integer not null);
        insert into counter values (0, 0);
        """;

    public static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False;Default Timeout=30");
        connection.Open();
        return connection;
    }

    /// <summary>Makes some transactions.</summary>
    public static void Change(string path, int seed, int transactions)
    {
        using var connection = Open(path);
        var changer = new Changer(connection, new Random(seed));
        for (var i = 0; i < transactions; i++)
            changer.Change();
    }

    /// <summary>Makes the database and fills it at random.</summary>
    public static void Fill(string path, int seed)
    {
        using var connection = Open(path);
        using (var command = connection.CreateCommand())
        {
            command.CommandText = Tables;
            command.ExecuteNonQuery();
        }

        new Changer(connection, new Random(seed)).Fill();
    }
}
