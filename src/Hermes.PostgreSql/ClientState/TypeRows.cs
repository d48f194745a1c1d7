using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The numbers of the types of entries. They are few, and known as long as the state is open.</summary>
internal sealed class TypeRows
{
    private readonly Dictionary<EntryTable, int> _numbers = [];
    private readonly Dictionary<int, EntryTable> _tables = [];
    private readonly string _insert;

    private TypeRows(string at) => _insert = $"INSERT INTO {at}.types (id, side, name) VALUES ($1, $2, $3)";

    public IReadOnlyList<EntryTable> Tables => [.. _tables.OrderBy(table => table.Key).Select(table => table.Value)];

    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<TypeRows> OpenAsync(NpgsqlConnection connection, string at)
    {
        var types = new TypeRows(at);
        var known = await connection.Command($"SELECT id, side, name FROM {at}.types")
            .RowsAsync(row => (Id: row.GetInt32(0), Table: new EntryTable((EntrySide)row.GetInt32(1), row.GetString(2))), default);
        foreach (var (id, table) in known)
            types.Know(id, table);
        return types;
    }

    public EntryTable Of(int number) => _tables[number];

    public int? Find(EntryTable table) => _numbers.TryGetValue(table, out var number) ? number : null;

    /// <summary>The number of a type; a new one is added in the batch, before what needs it.</summary>
    public int FindOrAdd(EntryTable table, NpgsqlBatch batch)
    {
        if (Find(table) is { } known)
            return known;
        var number = _tables.Count == 0 ? 1 : _tables.Keys.Max() + 1;
        batch.Add(_insert).With(number, NpgsqlDbType.Integer).With((int)table.Side, NpgsqlDbType.Integer).With(table.Type, NpgsqlDbType.Text);
        Know(number, table);
        return number;
    }

    private void Know(int number, EntryTable table) => (_numbers[table], _tables[number]) = (number, table);
}
