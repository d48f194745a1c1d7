using Microsoft.Data.Sqlite;

namespace Hermes.Crash.Host.Source;

/// <summary>Changes the source at random, in small transactions: adds, edits, removals, keys used again, memberships that move or refer to nothing.</summary>
internal sealed class Changer(SqliteConnection connection, Random random)
{
    /// <summary>All passwords begin so, and nothing else holds it.</summary>
    public const string PasswordMark = "s3cr3t-";

    private const int Users = 60;
    private const int Groups = 8;
    private const int MostPerTransaction = 8;

    private static readonly string[] Names = ["Ada", "Zoë", "Łukasz", "李", "O'Neill", "Ümit", "Björk", "x"];
    public static readonly string[] Jobs = ["dean", "tutor", "gardener", "librarian"];

    /// <summary>Fills the empty source.</summary>
    public void Fill() => InTransaction(() =>
    {
        for (var id = 1; id <= Groups; id++)
            PutGroup(id);
        for (var id = 1; id <= Users; id++)
            PutUser(id);
        for (var i = 0; i < 2 * Users; i++)
            PutMembership(AnyGroup(), AnyUser());
    });

    /// <summary>Makes one transaction.</summary>
    public void Change() => InTransaction(() =>
    {
        for (var i = random.Next(MostPerTransaction); i >= 0; i--)
            ChangeOnce();
    });

    private void ChangeOnce()
    {
        switch (random.Next(100))
        {
            case < 30:
                EditUser(AnyUser());
                break;
            case < 45:
                PutUser(AnyUser());
                break;
            case < 54:
                Run("delete from users where user_id = $a", AnyUser());
                break;
            case < 60:
                RemoveUserWithMemberships(AnyUser());
                break;
            case < 64:
                PutGroup(AnyGroup());
                break;
            case < 66:
                Run("delete from groups where group_id = $a", AnyGroup());
                break;
            case < 82:
                PutMembership(AnyGroup(), AnyUser());
                break;
            case < 90:
                Run("delete from memberships where user_id = $a and group_id = $b", AnyUser(), AnyGroup());
                break;
            default:
                MoveMemberships(AnyUser());
                break;
        }
    }

    // A key that is there already is used again for somebody else.
    private void PutUser(int id) => Run(
        "insert or replace into users values ($a, $b, $c, $d, $e, $f, $g, $stamp)",
        id,
        $"user{id}-{random.Next(1000)}",
        Any(Names),
        random.Next(10) < 6 ? null : Any(Names),
        Any(Names),
        random.Next(4) == 0 ? null : string.Join(';', Jobs.Where(_ => random.Next(2) == 0)),
        NewPassword());

    private void EditUser(int id)
    {
        Run("update users set middle = $b, last = $c, stamp = $stamp where user_id = $a", id, random.Next(10) < 6 ? null : Any(Names), Any(Names));
        if (random.Next(4) == 0)
            Run("update users set password = $b, stamp = $stamp where user_id = $a", id, NewPassword());
    }

    private void RemoveUserWithMemberships(int id)
    {
        Run("delete from memberships where user_id = $a", id);
        Run("delete from users where user_id = $a", id);
    }

    private void PutGroup(int id) =>
        Run("insert or replace into groups values ($a, $b, $c, $stamp)", id, $"group {random.Next(1000)}", random.Next(2) == 0 ? null : Any(Names));

    private void PutMembership(int group, int user) => Run("insert or replace into memberships values ($a, $b, $stamp)", group, user);

    private void MoveMemberships(int user) => Run(
        "update or ignore memberships set group_id = $b, stamp = $stamp where rowid in (select rowid from memberships where user_id = $a limit 1)", user, AnyGroup());

    private int AnyUser() => random.Next(1, Users + 20);

    private int AnyGroup() => random.Next(1, Groups + 2);

    private string NewPassword() => $"{PasswordMark}{random.Next()}";

    private string Any(string[] texts) => texts[random.Next(texts.Length)];

    private void InTransaction(Action work)
    {
        using var transaction = connection.BeginTransaction(deferred: false);
        work();
        Run("update counter set transactions = transactions + 1");
        transaction.Commit();
    }

    private void Run(string sql, params ReadOnlySpan<object?> values)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "update counter set stamp = stamp + 1 returning stamp";
        command.Parameters.AddWithValue("$stamp", command.ExecuteScalar());
        for (var i = 0; i < values.Length; i++)
            command.Parameters.AddWithValue($"${(char)('a' + i)}", values[i] ?? DBNull.Value);
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
