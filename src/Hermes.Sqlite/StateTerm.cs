using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite;

/// <summary>The number of an opening of a state, which is checked in every write: whoever opened the state later has a greater one.</summary>
internal sealed class StateTerm : IDisposable
{
    /// <summary>Makes its table, in a file that is new.</summary>
    public const string Table = """
        CREATE TABLE term (id INTEGER PRIMARY KEY CHECK (id = 1), term INTEGER NOT NULL) STRICT;
        INSERT INTO term (id, term) VALUES (1, 0);

        """;

    private readonly SqliteStatement _read;
    private readonly CancellationTokenSource _lost = new();

    /// <summary>Takes the next number, durably.</summary>
    public StateTerm(SqliteConnection connection)
    {
        using (var next = new SqliteStatement(connection, "UPDATE term SET term = term + 1"))
            next.Run();
        _read = new SqliteStatement(connection, "SELECT term FROM term");
        Number = Read();
    }

    public long Number { get; }

    /// <summary>Cancelled when it was found that somebody has opened the state since.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Whether nobody has opened the state since; true until the end of the transaction, if that has the right to write.</summary>
    public bool IsLast => Read() == Number;

    /// <summary>Tells that somebody has.</summary>
    public void Lose() => _lost.Cancel();

    public void Dispose()
    {
        _read.Dispose();
        _lost.Dispose();
    }

    private long Read()
    {
        _read.Read();
        var term = _read.Long(0);
        _read.Reset();
        return term;
    }
}
