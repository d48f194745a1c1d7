using System.Globalization;
using System.Text;
using Microsoft.Data.Sqlite;

namespace QuickStart.University;

/// <summary>
/// The database of a small university: 300 people, 30 groups, 850 memberships. As in any real one, columns are null where nobody cared, one column
/// holds several values, some people have left, and a few memberships point at nobody.
/// </summary>
internal static class UniversityDatabase
{
    private const int People = 300;
    private const int Memberships = 850;
    private const int BrokenMemberships = 5;

    // Written out, since a machine without ICU data knows no Unicode normalisation.
    private const string Accented = "ÁÅÇÉÖßáãäåçèéëíïñóôöøúüąęěğİıľłřŠšūżŽễ";
    private const string Unaccented = "AACEOsaaaaceeeiinoooouuaeegIillrSsuzZe";

    private const string Tables = """
        create table people (
            person_id  integer primary key,
            login      text not null unique,
            first_name text not null,
            last_name  text not null,
            birth_date text,
            jobs       text,            -- several, with semicolons between
            phone      text,
            hired_on   text not null,
            left_on    text             -- null as long as the person works here
        );
        create table groups (
            group_id    text primary key,
            name        text not null,
            description text
        );
        create table memberships (
            group_id  text not null,
            person_id integer not null,
            primary key (group_id, person_id)
        );
        """;

    /// <summary>Creates the database under another name first, so that one that was created by half is never taken for a whole one.</summary>
    public static async Task CreateAsync(string path)
    {
        var unfinished = path + ".unfinished";
        File.Delete(unfinished);
        await using (var connection = new SqliteConnection($"Data Source={unfinished};Pooling=False"))
        {
            await connection.OpenAsync();
            await using var transaction = await connection.BeginTransactionAsync();
            await ExecuteAsync(connection, Tables);
            await FillAsync(connection, new Random(1));
            await transaction.CommitAsync();
        }

        File.Move(unfinished, path);
    }

    /// <summary>A login from a name: first letter and last name, without accents, with a number if it is taken.</summary>
    public static string LoginOf(string firstName, string lastName, ISet<string> taken)
    {
        var plain = new StringBuilder();
        foreach (var character in firstName[..1] + lastName)
        {
            var accented = Accented.IndexOf(character);
            var letter = accented < 0 ? character : Unaccented[accented];
            if (char.IsAsciiLetter(letter))
                plain.Append(char.ToLowerInvariant(letter));
        }

        var login = plain.ToString();
        for (var number = 2; !taken.Add(login); number++)
            login = plain + number.ToString(CultureInfo.InvariantCulture);
        return login;
    }

    private static async Task FillAsync(SqliteConnection connection, Random random)
    {
        var logins = new HashSet<string>(StringComparer.Ordinal);
        for (var id = 1; id <= People; id++)
        {
            var (first, last) = (Pick(random, Names.First), Pick(random, Names.Last));
            var hired = new DateOnly(2005, 1, 1).AddDays(random.Next(7_500));
            await ExecuteAsync(
                connection,
                "insert into people values ($id, $login, $first, $last, $born, $jobs, $phone, $hired, $left)",
                ("$id", id),
                ("$login", LoginOf(first, last, logins)),
                ("$first", first),
                ("$last", last),
                ("$born", random.Next(8) == 0 ? null : Day(new DateOnly(1955, 1, 1).AddDays(random.Next(17_000)))),
                ("$jobs", random.Next(6) switch { 0 => null, 1 => $"{Pick(random, Names.Jobs)};{Pick(random, Names.Jobs)}", _ => Pick(random, Names.Jobs) }),
                ("$phone", random.Next(3) == 0 ? null : $"+33 5 00 {random.Next(10, 100)} {random.Next(10, 100)} {random.Next(10, 100)}"),
                ("$hired", Day(hired)),
                ("$left", random.Next(25) == 0 ? Day(hired.AddYears(1)) : null));
        }

        for (var number = 0; number < Names.Groups.Length; number++)
        {
            var (name, description) = Names.Groups[number];
            await ExecuteAsync(
                connection, "insert into groups values ($id, $name, $description)", ("$id", GroupId(number)), ("$name", name), ("$description", description));
        }

        for (var made = 0; made < Memberships - BrokenMemberships;)
        {
            made += await ExecuteAsync(
                connection,
                "insert or ignore into memberships values ($group, $person)",
                ("$group", GroupId(random.Next(Names.Groups.Length))),
                ("$person", random.Next(1, People + 1)));
        }

        for (var broken = 0; broken < BrokenMemberships; broken++)
            await ExecuteAsync(connection, "insert into memberships values ($group, $person)", ("$group", GroupId(broken)), ("$person", 9_000 + broken));
    }

    private static async Task<int> ExecuteAsync(SqliteConnection connection, string sql, params (string Name, object? Value)[] parameters)
    {
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
            command.Parameters.AddWithValue(name, value ?? DBNull.Value);
        return await command.ExecuteNonQueryAsync();
    }

    private static string GroupId(int number) => "g" + (number + 1).ToString("00", CultureInfo.InvariantCulture);

    private static string Day(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static T Pick<T>(Random random, T[] from) => from[random.Next(from.Length)];
}
