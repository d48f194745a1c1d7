using System.Globalization;
using Microsoft.Data.Sqlite;

namespace Hermes.Benchmarks.Data;

/// <summary>The data that is measured: N users of 11 attributes, N/20 groups, 3N memberships, in a SQLite file.</summary>
internal static class CampusData
{
    public const string UsersQuery =
        "select user_id, login, first_name, middle_name, last_name, mail, specialties, birthday, room, quota, active from users";

    public const string GroupsQuery = "select group_id, name, kind, mail from groups";

    public const string MembershipsQuery = "select user_id, group_id from memberships";

    private const string Tables = """
        create table users (user_id integer primary key, login text, first_name text, middle_name text, last_name text, mail text,
                            specialties text, birthday text, room text, quota real, active integer);
        create table groups (group_id integer primary key, name text, kind text, mail text);
        create table memberships (user_id integer, group_id integer);
        """;

    /// <summary>How many entries all types hold together.</summary>
    public static long EntriesOf(int users) => users + GroupsOf(users) + (3L * users);

    public static void Create(string path, int users)
    {
        File.Delete(path);
        using var connection = Open(path);
        Execute(connection, Tables);
        using var transaction = connection.BeginTransaction();
        AddUsers(connection, users, new Random(1));
        Insert(connection, "insert into groups values ($a, $b, $c, $d)", GroupsOf(users), group =>
            [group, $"Group {group}", group % 3 == 0 ? "project" : "department", $"group{group}@campus.example"]);
        Insert(connection, "insert into memberships values ($a, $b)", 3 * users, membership =>
            [(membership / 3) + 1, ((membership / 3 * 7) + (membership % 3 * 11)) % GroupsOf(users) + 1]);
        transaction.Commit();
    }

    /// <summary>Changes one percent: of the users, most get another room, some leave with their memberships, and as many are new.</summary>
    public static void ChangeOnePercent(string path, int users)
    {
        using var connection = Open(path);
        using var transaction = connection.BeginTransaction();
        Execute(connection, $"""
            update users set room = room || '*' where user_id % 125 = 1;
            delete from memberships where user_id in (select user_id from users where user_id % 1000 = 2);
            delete from users where user_id % 1000 = 2;
            insert into users select {users} + user_id, 'new' || login, first_name, middle_name, last_name, 'new' || mail, specialties, birthday, room, quota, active
              from users where user_id % 1000 = 3 and user_id <= {users};
            update memberships set group_id = (group_id % (select count(*) from groups)) + 1 where user_id % 200 = 5 and rowid % 3 = 0;
            """);
        transaction.Commit();
    }

    private static int GroupsOf(int users) => Math.Max(12, users / 20);

    private static void AddUsers(SqliteConnection connection, int users, Random random) =>
        Insert(connection, "insert into users values ($a, $b, $c, $d, $e, $f, $g, $h, $i, $j, $k)", users, user =>
        [
            user, $"login{user}", $"First{user % 977}", random.Next(10) < 6 ? DBNull.Value : $"Middle{user % 89}", $"Last{user % 7919}", $"first.last{user}@campus.example",
            $"subject{user % 31};subject{user % 17};subject{user % 7}",
            new DateTime(1950, 1, 1).AddDays(random.Next(20_000)).ToString("yyyy-MM-dd", CultureInfo.InvariantCulture),
            $"B{user % 40}-{user % 500}", user % 1000 / 8.0, user % 50 == 0 ? 0 : 1,
        ]);

    private static void Insert(SqliteConnection connection, string sql, int count, Func<int, object[]> row)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        for (var number = 1; number <= count; number++)
        {
            var values = row(command.CommandText.Contains("memberships", StringComparison.Ordinal) ? number - 1 : number);
            for (var i = 0; i < values.Length; i++)
            {
                if (command.Parameters.Count == i)
                    command.Parameters.Add(new SqliteParameter("$" + (char)('a' + i), values[i]));
                else
                    command.Parameters[i].Value = values[i];
            }

            command.ExecuteNonQuery();
        }
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        connection.Open();
        Execute(connection, "pragma journal_mode=wal; pragma synchronous=normal");
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
