using System.Text;
using Hermes.ClientRuntime.State;
using Hermes.PostgreSql.Database;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.ClientState;

/// <summary>The tables of a client state.</summary>
internal sealed record ClientRows(EntryRows Entries, QueueRows Queue, DeadLetterRows DeadLetters, ReferenceRows References, ProgressRows Progress)
{
    /// <summary>Reads what has to be known of them as long as the state is open.</summary>
    /// <exception cref="ClientStateException">The secret values cannot be read with the key that is there.</exception>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<(ClientRows Rows, FoundClient Found)> OpenAsync(NpgsqlConnection connection, string at, ISecretProtector protector)
    {
        await CheckKeyAsync(connection, at, protector);
        var progress = new ProgressRows(at);
        var (known, journal, lastJournal) = await progress.ReadAsync(connection);
        var rows = new ClientRows(
            await EntryRows.OpenAsync(connection, at),
            new QueueRows(at, protector),
            new DeadLetterRows(at, protector),
            await ReferenceRows.OpenAsync(connection, at),
            progress);
        return (rows, new FoundClient(known, await SetupRow.ReadAsync(connection, at), journal, lastJournal));
    }

    // A host without the right key would find that out only in the midst of its work, and encrypt with another one until then.
    private static async Task CheckKeyAsync(NpgsqlConnection connection, string at, ISecretProtector protector)
    {
        var sample = await connection.Command($"SELECT sample FROM {at}.protection").ScalarAsync<byte[]>(default);
        if (sample is not null)
            protector.Unprotect(sample);
        else
            await connection.Command($"INSERT INTO {at}.protection (one, sample) VALUES (true, $1)")
                .With(protector.Protect(Encoding.UTF8.GetBytes("hermes")), NpgsqlDbType.Bytea)
                .RunAsync(default);
    }
}

/// <summary>What a client state holds when it is opened.</summary>
internal sealed record FoundClient(ClientProgress Progress, ClientSetup? Setup, long Journal, long LastJournal);
