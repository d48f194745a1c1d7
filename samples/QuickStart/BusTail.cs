using System.Text;
using Hermes.Events;
using Hermes.Events.Json;
using Microsoft.Data.Sqlite;

namespace QuickStart;

/// <summary>Looks at what passes on the bus. The embedded bus is a table that anyone may read; no message is taken away.</summary>
internal sealed class BusTail(string path)
{
    private long _last;

    public async Task SkipToEndAsync() => await ReadNewAsync();

    public async Task<IReadOnlyList<HermesEvent>> ReadNewAsync()
    {
        var events = new List<HermesEvent>();
        if (!File.Exists(path))
            return events;

        await using var connection = new SqliteConnection($"Data Source={path};Mode=ReadOnly;Pooling=False");
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = "select msgid, data from hermesmessages where msgid > $last order by msgid";
        command.Parameters.AddWithValue("$last", _last);
        await using var reader = await command.ExecuteReaderAsync();
        while (await reader.ReadAsync())
        {
            _last = reader.GetInt64(0);
            events.Add(EventJson.Decode(Encoding.UTF8.GetBytes(reader.GetString(1))).Event);
        }

        return events;
    }
}
