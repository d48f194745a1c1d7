using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;
using Hermes.Events.InitSync;
using Hermes.Events.Json;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite.ClientState;

/// <summary>The state of a client in an open SQLite file. A transaction is begun by the first write after a commit.</summary>
internal sealed class SqliteClientState : IClientState
{
    private readonly SqliteConnection _connection;
    private readonly IDisposable _hold;
    private readonly StateTransaction _transaction;
    private readonly EntryRows _entries;
    private readonly QueueRows _queue;
    private readonly DeadLetterRows _deadLetters;
    private readonly ProgressRows _progressRows;
    private ClientProgress _progress;
    private ClientSetup? _setup;

    public SqliteClientState(SqliteConnection connection, ISecretProtector protector, IDisposable hold)
    {
        _connection = connection;
        _hold = hold;
        _transaction = new StateTransaction(connection);
        _entries = new EntryRows(connection, _transaction);
        _queue = new QueueRows(connection, protector);
        _deadLetters = new DeadLetterRows(connection, protector);
        _progressRows = new ProgressRows(connection);
        _progress = _progressRows.Read();
        _setup = ReadSetup();
    }

    public ClientProgress Progress
    {
        get => _progress;
        set
        {
            Begin();
            _progressRows.Write(value, _progress);
            _progress = value;
        }
    }

    public ClientSetup? Setup
    {
        get => _setup;
        set
        {
            ArgumentNullException.ThrowIfNull(value);
            Begin();
            WriteSetup(value);
            _setup = value;
        }
    }

    public IReadOnlyList<EntryTable> Tables => _entries.Tables;

    public long DeadLetterCount
    {
        get
        {
            if (!_deadLetters.IsCounted)
                _entries.Finish();
            return _deadLetters.Count;
        }
    }

    public StoredEntry Find(EntryTable table, EntryKey key) => _entries.Find(table, key);

    public void Put(EntryTable table, in StoredEntry entry)
    {
        _transaction.Begin();
        _entries.Put(table, entry);
    }

    public IReadOnlyList<NumberedEntry> Read(EntryTable table, EntryScope scope, long after, int limit)
    {
        _entries.Finish();
        return _entries.Read(table, scope, after, limit);
    }

    public EntryCount Count(EntryTable table)
    {
        _entries.Finish();
        return _entries.Count(table);
    }

    public IReadOnlyList<QueuedEvent> ReadQueue(long after, int limit)
    {
        _entries.Finish();
        return _queue.Read(after, limit);
    }

    public QueuedEvent? FindQueued(long number)
    {
        _entries.Finish();
        return _queue.Find(number);
    }

    public void PutQueued(QueuedEvent queued)
    {
        Begin();
        _queue.Put(queued);
    }

    public void RemoveQueued(long number)
    {
        Begin();
        _queue.Remove(number);
    }

    public void AddDeadLetter(DeadLetter letter)
    {
        Begin();
        _deadLetters.Add(letter);
    }

    public IReadOnlyList<DeadLetter> ReadDeadLetters(long afterOffset, int limit)
    {
        _entries.Finish();
        return _deadLetters.Read(afterOffset, limit);
    }

    public void Commit()
    {
        _entries.Finish();
        _transaction.Commit();
    }

    public void Dispose()
    {
        _entries.Dispose();
        _transaction.Dispose();
        _queue.Dispose();
        _deadLetters.Dispose();
        _progressRows.Dispose();
        _connection.Dispose();
        _hold.Dispose();
    }

    // Entries are written behind: nothing else is done with the file meanwhile.
    private void Begin()
    {
        _entries.Finish();
        _transaction.Begin();
    }

    private ClientSetup? ReadSetup()
    {
        using var select = new SqliteStatement(_connection, "SELECT dataschema, model, initstart, initstop, told, leftschema, dropped FROM setup");
        if (!select.Read())
            return null;
        var setup = new ClientSetup(
            SchemaJson.Decode(select.Blob(0)),
            SetupJson.ReadModel(select.Blob(1)),
            new InitSyncRange(new BusOffset(select.Long(2)), new BusOffset(select.Long(3))),
            SetupJson.ReadTold(select.Blob(4)))
        {
            Left = SchemaJson.Decode(select.Blob(5)),
            Dropped = SetupJson.ReadModel(select.Blob(6)),
        };
        select.Reset();
        return setup;
    }

    private void WriteSetup(ClientSetup setup)
    {
        using var replace = new SqliteStatement(
            _connection, "REPLACE INTO setup (id, dataschema, model, initstart, initstop, told, leftschema, dropped) VALUES (1, ?1, ?2, ?3, ?4, ?5, ?6, ?7)");
        replace.Bind(0, SchemaJson.Encode(setup.Schema))
            .Bind(1, SetupJson.Write(setup.Model))
            .Bind(2, setup.InitSync.Start.Value)
            .Bind(3, setup.InitSync.Stop.Value)
            .Bind(4, SetupJson.Write(setup.Told))
            .Bind(5, SchemaJson.Encode(setup.Left))
            .Bind(6, SetupJson.Write(setup.Dropped))
            .Run();
    }
}
