using Microsoft.Data.Sqlite;

namespace QuickStart.University;

/// <summary>What happens at a university, as SQL: people are hired, marry, leave, and move from one group to another.</summary>
internal static class UniversityLife
{
    /// <summary>Makes the changes of one day and tells each as a title and the SQL that made it.</summary>
    public static async Task<IReadOnlyList<(string Title, string Sql)>> LiveADayAsync(string path, Random random)
    {
        await using var connection = new SqliteConnection($"Data Source={path};Pooling=False");
        await connection.OpenAsync();
        var logins = await LoginsAsync(connection);

        var (first, last) = (Names.First[random.Next(Names.First.Length)], Names.Last[random.Next(Names.Last.Length)]);
        var (name, partner) = (Names.Last[random.Next(Names.Last.Length)], Names.First[random.Next(Names.First.Length)]);
        var login = UniversityDatabase.LoginOf(first, last, logins);
        (string Title, string Sql)[] day =
        [
            ($"{first} {last} is hired", $"""
                insert into people select max(person_id) + 1, '{login}', {Quote(first)}, {Quote(last)}, null, 'tutor;librarian', null, date('now'), null
                  from people where person_id < 9000;
                insert into memberships select 'g19', max(person_id) from people
                """),
            ($"someone marries {partner} and takes the name {name}", $"""
                update people set last_name = {Quote(name)}
                  where person_id = (select person_id from people where left_on is null and last_name <> {Quote(name)} order by random() limit 1)
                """),
            ("someone leaves the university", """
                update people set left_on = date('now')
                  where person_id = (select person_id from people where left_on is null order by random() limit 1)
                """),
            ("someone moves from one group to another", """
                update memberships set group_id = (select group_id from groups where group_id not in
                    (select group_id from memberships others where others.person_id = memberships.person_id) order by random() limit 1)
                  where rowid = (select memberships.rowid from memberships join people using (person_id) where left_on is null order by random() limit 1)
                """),
        ];

        foreach (var (_, sql) in day)
        {
            await using var command = connection.CreateCommand();
            command.CommandText = sql;
            await command.ExecuteNonQueryAsync();
        }

        return day;
    }

    private static async Task<HashSet<string>> LoginsAsync(SqliteConnection connection)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = "select login from people";
        await using var reader = await command.ExecuteReaderAsync();
        var logins = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            logins.Add(reader.GetString(0));
        return logins;
    }

    // The SQL is shown to the reader as a person would type it, and its texts are our own; a program would bind parameters.
    private static string Quote(string text) => $"'{text.Replace("'", "''")}'";
}
