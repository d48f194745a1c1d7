using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>How far the client has come.</summary>
internal sealed class ProgressRows(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _put = new(connection, "REPLACE INTO progress (id, next, delivered, queuenumber, journal) VALUES (1, ?1, ?2, ?3, ?4)");
    private readonly SqliteStatement _putProducer = new(connection, "REPLACE INTO producers (name, sequence) VALUES (?1, ?2)");

    public ClientProgress Read()
    {
        using var select = new SqliteStatement(connection, "SELECT next, delivered, queuenumber FROM progress");
        if (!select.Read())
            return ClientProgress.None;
        var progress = new ClientProgress(Offset(select.LongOrNull(0)), Offset(select.LongOrNull(1)), select.Long(2), ReadProducers());
        select.Reset();
        return progress;
    }

    /// <summary>The number of the journal of calls; 0 if there is none.</summary>
    public long ReadJournal() => (long)(connection.Scalar("SELECT journal FROM progress") ?? 0L);

    public void Write(ClientProgress progress, ClientProgress before, long journal)
    {
        _put.Bind(0, progress.Next?.Value).Bind(1, progress.DeliveredUpTo?.Value).Bind(2, progress.NextQueueNumber).Bind(3, journal).Run();
        foreach (var (producer, sequence) in progress.LastSequences)
        {
            if (!before.LastSequences.TryGetValue(producer, out var known) || known != sequence)
                _putProducer.Bind(0, producer).Bind(1, sequence).Run();
        }
    }

    public void Dispose()
    {
        _put.Dispose();
        _putProducer.Dispose();
    }

    private static BusOffset? Offset(long? value) => value is { } known ? new BusOffset(known) : null;

    private ImmutableDictionary<string, long> ReadProducers()
    {
        using var select = new SqliteStatement(connection, "SELECT name, sequence FROM producers");
        var producers = ImmutableDictionary.CreateBuilder<string, long>(StringComparer.Ordinal);
        while (select.Read())
            producers[select.Text(0)] = select.Long(1);
        return producers.ToImmutable();
    }
}
