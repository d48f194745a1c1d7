using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.ClientRuntime.State;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>How far the client has come.</summary>
internal sealed class ProgressRows(SqliteConnection connection) : IDisposable
{
    private readonly SqliteStatement _put = new(
        connection,
        """
        REPLACE INTO progress (id, next, delivered, replay, queuenumber, journal, lastjournal, lastoffset, lastdigest) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)
        """);
    private readonly SqliteStatement _putProducer = new(connection, "REPLACE INTO producers (name, sequence) VALUES (?1, ?2)");

    public ClientProgress Read()
    {
        using var select = new SqliteStatement(connection, "SELECT next, delivered, queuenumber, replay, lastoffset, lastdigest FROM progress");
        if (!select.Read())
            return ClientProgress.None;
        var progress = new ClientProgress(Offset(select.LongOrNull(0)), Offset(select.LongOrNull(1)), select.Long(2), ReadProducers())
        {
            ReplayUpTo = Offset(select.LongOrNull(3)),
            LastMessage = Offset(select.LongOrNull(4)) is { } last ? new MessageMark(last, select.Long(5)) : null,
        };
        select.Reset();
        return progress;
    }

    /// <summary>The numbers of the journal of calls, and of the one that was in use by the commit before; 0 if there is none.</summary>
    public (long Current, long Last) ReadJournals()
    {
        using var select = new SqliteStatement(connection, "SELECT journal, lastjournal FROM progress");
        return select.Read() ? (select.Long(0), select.Long(1)) : (0, 0);
    }

    /// <param name="progress">How far it has come.</param>
    /// <param name="before">How far it had come.</param>
    /// <param name="journal">The number of the journal of calls.</param>
    /// <param name="lastJournal">The number that it has in its file until this is committed.</param>
    public void Write(ClientProgress progress, ClientProgress before, long journal, long lastJournal)
    {
        _put.Bind(0, progress.Next?.Value).Bind(1, progress.DeliveredUpTo?.Value).Bind(2, progress.ReplayUpTo?.Value).Bind(3, progress.NextQueueNumber)
            .Bind(4, journal).Bind(5, lastJournal).Bind(6, progress.LastMessage?.Offset.Value).Bind(7, progress.LastMessage?.Digest).Run();
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
