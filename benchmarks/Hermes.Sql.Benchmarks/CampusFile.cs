using Microsoft.Data.Sqlite;

namespace Hermes.Sql.Benchmarks;

/// <summary>A database of 100,000 users, 5,000 groups and 300,000 memberships with 11, 4 and 2 columns.</summary>
internal static class CampusFile
{
    public static readonly string[] Tables = ["users", "groups", "memberships"];

    public static string Create(string folder)
    {
        var path = Path.Combine(folder, "campus.db");
        var connectionString = new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ConnectionString;
        using var connection = new SqliteConnection(connectionString);
        connection.Open();
        Run(connection, """
            CREATE TABLE users (id INTEGER PRIMARY KEY, login TEXT, first_name TEXT, last_name TEXT, mail TEXT, phone TEXT, office TEXT,
                status INTEGER, hired TEXT, quota REAL, comment TEXT);
            CREATE TABLE groups (id INTEGER PRIMARY KEY, name TEXT, description TEXT, owner INTEGER);
            CREATE TABLE memberships (user_id INTEGER, group_id INTEGER);
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 100000)
            INSERT INTO users SELECT i, 'user' || i, 'Firstname' || (i % 997), 'Lastname' || (i % 4999), 'user' || i || '@campus.example', '+33 1 23 45 ' || (i % 9999),
                'Building ' || (i % 30), i % 5, '2020-01-' || (10 + i % 20), i * 1.5, CASE WHEN i % 3 = 0 THEN NULL ELSE 'comment on user ' || i END FROM n;
            WITH RECURSIVE n(i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM n WHERE i < 5000)
            INSERT INTO groups SELECT i, 'group' || i, 'Description of group ' || i, i * 7 FROM n;
            WITH RECURSIVE n(i) AS (SELECT 0 UNION ALL SELECT i + 1 FROM n WHERE i < 299999)
            INSERT INTO memberships SELECT 1 + i % 100000, 1 + (i * 7919) % 5000 FROM n;
            """);
        return connectionString;
    }

    private static void Run(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
