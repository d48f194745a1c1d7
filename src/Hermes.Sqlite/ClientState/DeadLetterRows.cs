using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>The messages that were set aside.</summary>
internal sealed class DeadLetterRows(SqliteConnection connection, ISecretProtector protector) : IDisposable
{
    private readonly SqliteStatement _add = new(connection, "REPLACE INTO deadletters (msgoffset, time, reason, body) VALUES (?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _read = new(
        connection, "SELECT msgoffset, time, reason, body FROM deadletters WHERE msgoffset > ?1 ORDER BY msgoffset LIMIT ?2");

    public long Count() => (long)connection.Scalar("SELECT count(*) FROM deadletters")!;

    public void Add(DeadLetter letter)
    {
        _add.Bind(0, letter.Offset.Value)
            .Bind(1, letter.Time.UtcTicks)
            .Bind(2, letter.Reason)
            .Bind(3, protector.Protect(letter.Body.Span))
            .Run();
    }

    public IReadOnlyList<DeadLetter> Read(long afterOffset, int limit)
    {
        _read.Bind(0, afterOffset).Bind(1, limit);
        var letters = new List<DeadLetter>();
        while (_read.Read())
        {
            letters.Add(new DeadLetter(
                new BusOffset(_read.Long(0)), new DateTimeOffset(_read.Long(1), TimeSpan.Zero), _read.Text(2), protector.Unprotect(_read.Blob(3))));
        }

        return letters;
    }

    public void Dispose()
    {
        _add.Dispose();
        _read.Dispose();
    }
}
