using Hermes.Abstractions;
using Hermes.ServerRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ServerState;

/// <summary>The number of an opening, which is checked in every write: whoever opened the state later has a greater one.</summary>
internal sealed class StateTerm : IDisposable
{
    private readonly SqliteConnection _connection;
    private readonly CancellationTokenSource _lost = new();

    private StateTerm(SqliteConnection connection, long number)
    {
        _connection = connection;
        Number = number;
    }

    public long Number { get; }

    public CancellationToken Lost => _lost.Token;

    /// <summary>Begins the next one.</summary>
    public static StateTerm Begin(SqliteConnection connection) => new(connection, (long)connection.Scalar("UPDATE term SET term = term + 1 RETURNING term")!);

    /// <summary>Checks, inside a transaction that has the right to write, that nobody began a later one.</summary>
    /// <exception cref="ServerStateException">Somebody did.</exception>
    public void Check()
    {
        if ((long)_connection.Scalar("SELECT term FROM term")! == Number)
            return;
        _lost.Cancel();
        throw new ServerStateException(
            $"Another server took over the state {_connection.DataSource}. Stop one of the two, or give it a state of its own.", FaultKind.Permanent);
    }

    public void Dispose() => _lost.Dispose();
}
