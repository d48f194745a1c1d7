using System.Text.Json;
using Microsoft.Data.Sqlite;

namespace QuickStart;

/// <summary>Compares the target with the source, without any of Hermes: SQL on one side, files on the other.</summary>
internal static class Check
{
    private const string Expected = """
        select 'Group' as type, json_object('group_id', group_id, 'name', name, 'description', description) as content from groups
        union all
        select 'Account', json_object(
                'user_id', person_id, 'login', login, 'phone', phone, 'display_name', last_name || ', ' || first_name, 'mail', login || '@campus.example',
                'jobs', case when jobs is null then null else json('["' || replace(jobs, ';', '","') || '"]') end)
            from people where left_on is null
        union all
        select 'Member', json_object('group_id', group_id, 'user_id', person_id)
            from memberships join groups using (group_id) join people using (person_id) where left_on is null
        """;

    /// <summary>Tells what is missing in the target and what is there without being in the source; nothing if they are equal.</summary>
    public static async Task<IReadOnlyList<string>> CompareAsync(DataFolder folder)
    {
        var wanted = await ReadSourceAsync(folder.Database);
        var found = ReadTarget(folder.Target);
        return [.. wanted.Except(found).Select(entry => "missing    " + entry), .. found.Except(wanted).Select(entry => "unexpected " + entry)];
    }

    private static async Task<HashSet<string>> ReadSourceAsync(string database)
    {
        await using var connection = new SqliteConnection($"Data Source={database};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = Expected;
        await using var reader = await command.ExecuteReaderAsync();
        var entries = new HashSet<string>(StringComparer.Ordinal);
        while (await reader.ReadAsync())
            entries.Add(Canonical(reader.GetString(0), reader.GetString(1)));
        return entries;
    }

    private static HashSet<string> ReadTarget(string folder) =>
    [
        .. from type in Directory.EnumerateDirectories(folder)
           from file in Directory.EnumerateFiles(type, "*.json")
           select Canonical(Path.GetFileName(type), File.ReadAllText(file)),
    ];

    // The set attributes in order of their names, so that equal entries are equal texts.
    private static string Canonical(string type, string json)
    {
        using var document = JsonDocument.Parse(json);
        var attributes = document.RootElement.EnumerateObject()
            .Where(attribute => attribute.Value.ValueKind != JsonValueKind.Null)
            .OrderBy(attribute => attribute.Name, StringComparer.Ordinal)
            .Select(attribute => $"{attribute.Name}={Text(attribute.Value)}");
        return $"{type} {string.Join(", ", attributes)}";
    }

    private static string Text(JsonElement value) => value.ValueKind == JsonValueKind.Array
        ? $"[{string.Join(",", value.EnumerateArray().Select(Text))}]"
        : value.ToString();
}
