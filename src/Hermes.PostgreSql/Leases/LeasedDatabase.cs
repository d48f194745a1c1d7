using Hermes.PostgreSql.Database;
using Hermes.Runtime.State;

namespace Hermes.PostgreSql.Leases;

/// <summary>Opens the schema of a state for this process alone.</summary>
/// <param name="options">How the database is reached.</param>
/// <param name="format">What the schema holds.</param>
/// <param name="holder">Who uses such a state: <c>server</c> or <c>client</c>.</param>
internal sealed class LeasedDatabase(PostgreSqlLeasedOptions options, DatabaseFormat format, string holder)
{
    // The opening of before, if it could not give its lease back since the database was gone: nobody but it held the state, and it does no more.
    private string? _left;

    /// <summary>Opens it, when nobody else holds it any more.</summary>
    /// <exception cref="DatabaseFaultException">It cannot be used.</exception>
    public async Task<StateSession> OpenAsync(StateOpening opening, CancellationToken cancellationToken)
    {
        var owner = LeaseOwner.New();
        var database = new PostgreSqlDatabase(options, options.Schema!, Lease.SessionsOf(owner));
        try
        {
            await DatabaseSetup.EnsureAsync(database, format, options.CreateSchema, cancellationToken);
            var lease = await Lease.TakeAsync(database, new LeaseWish(holder, owner, options.LeaseTime, _left), opening, cancellationToken);
            return new StateSession(database, lease, owner);
        }
        catch (Exception exception)
        {
            await database.DisposeAsync();
            if (!DatabaseFault.IsOfDatabase(exception))
                throw;
            cancellationToken.ThrowIfCancellationRequested();
            throw DatabaseFault.Of(exception, database);
        }
    }

    /// <summary>Gives the state back.</summary>
    public async ValueTask CloseAsync(StateSession session)
    {
        if (!await session.Lease.GiveBackAsync())
            _left = session.Owner;
        await session.Database.DisposeAsync();
    }
}
