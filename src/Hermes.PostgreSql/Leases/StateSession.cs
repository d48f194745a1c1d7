using Hermes.PostgreSql.Database;
using Npgsql;

namespace Hermes.PostgreSql.Leases;

/// <summary>A database that one holds by a lease: what is written there is committed only as long as he does.</summary>
internal sealed class StateSession(PostgreSqlDatabase database, Lease lease, string owner)
{
    public PostgreSqlDatabase Database => database;

    public Lease Lease => lease;

    /// <summary>This opening.</summary>
    public string Owner => owner;

    /// <summary>Runs last statements in an open transaction and commits it, if the lease is still held; otherwise nothing is stored.</summary>
    /// <returns>Whether it is committed.</returns>
    public async Task<bool> CommitAsync(NpgsqlConnection connection, NpgsqlTransaction transaction, Action<NpgsqlBatch> add)
    {
        await using (var batch = new NpgsqlBatch(connection, transaction))
        {
            lease.AddCheck(batch);
            batch.Add(PostgreSqlDatabase.WaitForDisk);
            add(batch);
            await using var rows = await batch.ExecuteReaderAsync();
            if (!await rows.ReadAsync())
            {
                lease.Lose();
                return false;
            }
        }

        await transaction.CommitAsync();
        return true;
    }

    /// <summary>Whether somebody else holds the lease, as far as the database can be asked. Looked at after a failure: his coming ends our sessions.</summary>
    public async Task<bool> IsTakenOverAsync()
    {
        database.ForgetIdle();
        try
        {
            await using var connection = await database.OpenAsync(CancellationToken.None);
            if (await lease.IsHeldAsync(connection, CancellationToken.None))
                return false;
            lease.Lose();
            return true;
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            return false;
        }
    }
}
