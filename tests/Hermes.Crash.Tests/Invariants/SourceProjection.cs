using Hermes.Abstractions.Data;
using Hermes.Crash.Host.Client;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>What the two models make of the source: worked out here in a second way, to compare with.</summary>
internal static class SourceProjection
{
    public static IReadOnlyDictionary<EntryName, string> Server(string path)
    {
        using var source = new SqliteFile(path);
        var entries = new Dictionary<EntryName, string>();
        foreach (var row in source.Rows("select group_id, name, description, stamp from groups"))
            Add(entries, "Groups", [row[0]], ("group_id", row[0]), ("name", row[1]), ("description", row[2]), ("stamp", row[3]));
        foreach (var row in source.Rows("select user_id, login, first, middle, last, jobs, stamp from users"))
        {
            Add(
                entries,
                "Users",
                [row[0]],
                ("user_id", row[0]),
                ("login", row[1]),
                ("first", row[2]),
                ("middle", row[3]),
                ("last", row[4]),
                ("jobs", Jobs(row[5])),
                ("stamp", row[6]));
        }

        foreach (var row in Memberships(source))
            Add(entries, "Memberships", [row[0], row[1]], ("group_id", row[0]), ("user_id", row[1]), ("stamp", row[2]));
        return entries;
    }

    public static IReadOnlyDictionary<EntryName, string> Client(string path)
    {
        using var source = new SqliteFile(path);
        var entries = new Dictionary<EntryName, string>();
        foreach (var row in source.Rows("select group_id, name, description, stamp from groups"))
            Add(entries, "Group", [row[0]], ("group_id", row[0]), ("name", row[1]), ("description", row[2]), ("stamp", row[3]));
        foreach (var row in source.Rows("select user_id, login, middle, last || ', ' || first, jobs, stamp from users"))
        {
            Add(
                entries,
                "Account",
                [row[0]],
                ("user_id", row[0]),
                ("login", row[1]),
                ("middle_name", row[2]),
                ("display_name", row[3]),
                ("jobs", Jobs(row[4])),
                ("stamp", row[5]));
        }

        foreach (var row in Memberships(source))
            Add(entries, "Member", [row[0], row[1]], ("group_id", row[0]), ("user_id", row[1]), ("stamp", row[2]));
        return entries;
    }

    private static IEnumerable<object?[]> Memberships(SqliteFile source) =>
        source.Rows("select group_id, user_id, m.stamp from memberships m join groups using (group_id) join users using (user_id)");

    private static ValueList Jobs(object? jobs) =>
        ValueList.Create(((string?)jobs ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(job => Value.From(job)));

    private static void Add(
        Dictionary<EntryName, string> entries, string type, object?[] key, params ReadOnlySpan<(string Name, object? Value)> attributes)
    {
        var set = new List<KeyValuePair<string, Value>>();
        foreach (var (name, value) in attributes)
        {
            if (ValueOf(value) is { IsSet: true } known)
                set.Add(new(name, known));
        }

        var keyText = key.Length == 1 ? PlainJson.ToText(ValueOf(key[0])) : PlainJson.ToText(ValueList.Create(key.Select(ValueOf)));
        entries.Add(new EntryName(type, keyText), JournalTarget.Text(Entry.Create(set)));
    }

    private static Value ValueOf(object? value) => value switch
    {
        null => Value.Null,
        long number => number,
        ValueList list => list,
        _ => (string)value,
    };
}
