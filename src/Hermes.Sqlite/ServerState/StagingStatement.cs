using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>The prepared statement that stages one change.</summary>
internal sealed class StagingStatement(SqliteConnection connection) : IDisposable
{
    private const string Sql = """
        INSERT INTO temp.staged (type, action, id, key_hash, fingerprint, content, place, category, kind, body, write_back, tag)
        VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12)
        """;

    private readonly SqliteStatement _statement = new(connection, Sql);

    public void Execute(StagedAction action, long? type, long id, in StoredRow row, StagedEvent? staged)
    {
        var changesEntry = action != StagedAction.None;
        _statement
            .Bind(0, type)
            .Bind(1, (long)action)
            .Bind(2, id)
            .Bind(3, changesEntry ? row.KeyHash.ToArray() : null)
            .Bind(4, changesEntry ? row.Fingerprint.ToArray() : null)
            .Bind(5, changesEntry ? row.Content : null)
            .Bind(6, staged is null ? null : (long?)staged.Order)
            .Bind(7, staged?.Category)
            .Bind(8, staged?.Kind)
            .Bind(9, staged?.Body)
            .Bind(10, staged?.WriteBack)
            .Bind(11, staged?.Tag ?? 0)
            .Run();
    }

    public void Dispose() => _statement.Dispose();
}
