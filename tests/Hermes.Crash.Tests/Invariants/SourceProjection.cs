using Hermes.Abstractions.Data;
using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;

namespace Hermes.Crash.Tests.Invariants;

/// <summary>What the two models make of the source: worked out here in a second way, to compare with.</summary>
internal static class SourceProjection
{
    public static IReadOnlyDictionary<EntryName, string> Server(SqliteFile source, CampusModel server)
    {
        var nickname = server == CampusModel.WithNickname ? ", first as nickname" : "";
        return Entries(
            source,
            ("Groups", 1, "select group_id, name, description, stamp from groups"),
            ("Users", 1, $"select user_id, login, first, middle, last, jobs, stamp{nickname} from users"),
            ("Memberships", 2, Memberships(server)));
    }

    public static IReadOnlyDictionary<EntryName, string> Client(SqliteFile source, CampusModel server, CampusModel client)
    {
        var nickname = (server, client) == (CampusModel.WithNickname, CampusModel.WithNickname) ? ", first as nickname" : "";
        return Entries(
            source,
            ("Group", 1, "select group_id, name, description, stamp from groups"),
            ("Account", 1, $"select user_id, login, middle as middle_name, last || ', ' || first as display_name, jobs, stamp{nickname} from users"),
            ("Member", 2, Memberships(server, client)));
    }

    /// <summary>The secrets of a type that users are.</summary>
    public static IReadOnlyDictionary<EntryName, string> Secrets(SqliteFile source, string type) =>
        source.Rows("select user_id, password from users").ToDictionary(row => new EntryName(type, PlainJson.ToText((long)row[0]!)), row => (string)row[1]!);

    private static string Memberships(params ReadOnlySpan<CampusModel> models) =>
        "select group_id, user_id, m.stamp from memberships m join groups using (group_id) join users using (user_id)"
        + (models.Contains(CampusModel.WithoutMemberships) ? " where false" : "");

    private static Dictionary<EntryName, string> Entries(SqliteFile source, params ReadOnlySpan<(string Type, int KeyParts, string Query)> types)
    {
        var entries = new Dictionary<EntryName, string>();
        foreach (var (type, keyParts, query) in types)
        {
            foreach (var row in source.Named(query))
            {
                var key = row.Take(keyParts).Select(column => ValueOf(column.Name, column.Value)).ToArray();
                var attributes = row
                    .Select(column => KeyValuePair.Create(column.Name, ValueOf(column.Name, column.Value)))
                    .Where(attribute => attribute.Value.IsSet);
                entries.Add(
                    new EntryName(type, PlainJson.ToText(key.Length == 1 ? key[0] : ValueList.Create(key))), JournalTarget.Text(Entry.Create(attributes)));
            }
        }

        return entries;
    }

    private static Value ValueOf(string column, object? value) => (column, value) switch
    {
        ("jobs", _) => ValueList.Create(((string?)value ?? "").Split(';', StringSplitOptions.RemoveEmptyEntries).Select(job => Value.From(job))),
        (_, null) => Value.Null,
        (_, long number) => number,
        _ => (string)value,
    };
}
