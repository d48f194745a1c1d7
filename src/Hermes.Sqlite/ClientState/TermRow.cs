using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>The number of the last opening of a state.</summary>
internal sealed class TermRow : IDisposable
{
    private readonly SqliteStatement _read;

    /// <summary>Takes the next number, durably.</summary>
    public TermRow(SqliteConnection connection)
    {
        using (var next = new SqliteStatement(connection, "UPDATE holder SET term = term + 1"))
            next.Run();
        _read = new SqliteStatement(connection, "SELECT term FROM holder");
        Term = Read();
    }

    public long Term { get; }

    /// <summary>Whether nobody has opened the state since; true until the end of the transaction in which it is asked.</summary>
    public bool IsLast => Read() == Term;

    public void Dispose() => _read.Dispose();

    private long Read()
    {
        _read.Read();
        var term = _read.Long(0);
        _read.Reset();
        return term;
    }
}
