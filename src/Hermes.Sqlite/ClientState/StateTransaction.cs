using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>The open transaction of a state, if there is one.</summary>
internal sealed class StateTransaction(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _begin = new(connection, "BEGIN IMMEDIATE");
    private readonly SqliteStatement _commit = new(connection, "COMMIT");
    private readonly SqliteStatement _rollback = new(connection, "ROLLBACK");
    private bool _isOpen;

    public void Begin()
    {
        if (_isOpen)
            return;
        _begin.Run();
        _isOpen = true;
    }

    public void Commit()
    {
        if (!_isOpen)
            return;
        _commit.Run();
        _isOpen = false;
    }

    /// <summary>Takes everything back that was written since the last commit.</summary>
    public void Rollback()
    {
        if (!_isOpen)
            return;
        _rollback.Run();
        _isOpen = false;
    }

    public void Dispose()
    {
        _begin.Dispose();
        _commit.Dispose();
        _rollback.Dispose();
    }
}
