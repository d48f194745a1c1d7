using System.Globalization;
using Hermes.PostgreSql.Database;
using Hermes.Runtime.State;
using Npgsql;
using NpgsqlTypes;

namespace Hermes.PostgreSql.Leases;

/// <summary>
/// The right to a state: a row with a term, an owner and an expiry. It is renewed at a third of its time; an owner that cannot renew it stops before the row
/// expires, by a clock that nobody sets. Whoever comes after it ran out raises the term, which is checked in every write. No advisory locks: they belong to a
/// session, which a pool gives to others.
/// </summary>
internal sealed class Lease
{
    private static readonly TimeSpan LongestTimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly PostgreSqlDatabase _database;
    private readonly LeaseStatements _statements;
    private readonly TimeSpan _duration;
    private readonly TimeProvider _time;
    private readonly CancellationTokenSource _lost = new();
    private readonly CancellationTokenSource _stop = new();
    private readonly ITimer _expiry;
    private readonly Task _renewing;

    private Lease(PostgreSqlDatabase database, LeaseStatements statements, TimeSpan duration, TimeProvider time, long term, long taken)
    {
        (_database, _statements, _duration, _time, Term) = (database, statements, duration, time, term);
        _expiry = time.CreateTimer(_ => Lose(), null, Left(taken), Timeout.InfiniteTimeSpan);
        _renewing = RenewAsync(_stop.Token);
    }

    /// <summary>Greater than that of every owner before.</summary>
    public long Term { get; }

    /// <summary>Cancelled when somebody else has taken it, or may have.</summary>
    public CancellationToken Lost => _lost.Token;

    /// <summary>Takes the lease, when nobody else holds it any more.</summary>
    /// <param name="database">The database, whose sessions are called by <see cref="SessionsOf"/>.</param>
    /// <param name="wish">By whom, and for how long.</param>
    /// <param name="opening">The clock, and who is told if it has to wait.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="NpgsqlException">The database failed.</exception>
    public static async Task<Lease> TakeAsync(PostgreSqlDatabase database, LeaseWish wish, StateOpening opening, CancellationToken cancellationToken)
    {
        var statements = new LeaseStatements(database);
        for (var isTold = false; ; isTold = true)
        {
            cancellationToken.ThrowIfCancellationRequested();
            var taken = opening.Time.GetTimestamp();
            string holder;
            await using (var connection = await database.OpenAsync(cancellationToken))
            {
                var won = await connection.Command(statements.Take)
                    .With(wish.Owner, NpgsqlDbType.Text)
                    .With(wish.Duration, NpgsqlDbType.Interval)
                    .With(wish.Left, NpgsqlDbType.Text)
                    .RowsAsync(row => (Term: row.GetInt64(0), Before: row.IsDBNull(1) ? null : row.GetString(1)), cancellationToken);
                if (won is [var (term, before)])
                {
                    if (before is not null)
                        await connection.Command(statements.EndSessions).With(SessionsOf(before), NpgsqlDbType.Text).RunAsync(cancellationToken);
                    return new Lease(database, statements, wish.Duration, opening.Time, term, taken);
                }

                holder = LeaseOwner.MachineOf(await connection.Command(statements.Owner).ScalarAsync<string>(cancellationToken));
            }

            if (!isTold)
            {
                opening.Waiting(
                    $"The state in the {database.Place} is in use by another {wish.Holder}, on {holder}. This one stands by, and takes over when that one ends; "
                    + $"if it was killed, after {wish.Duration.TotalSeconds:0} s. If that is not meant, give this {wish.Holder} a state of its own.");
            }

            await Task.Delay(wish.TimeBetweenLooks(LongestTimeBetweenLooks), opening.Time, cancellationToken);
        }
    }

    /// <summary>What the sessions of an owner are called.</summary>
    public static string SessionsOf(string owner) => "hermes-" + owner;

    /// <summary>
    /// Adds to a batch, as its first command, the question whether this still holds the lease, and keeps it until the end of the transaction; which the database ends
    /// if that does not come, since nobody else could take the lease of a process that stands still just then.
    /// </summary>
    public void AddCheck(NpgsqlBatch batch)
    {
        batch.Add(_statements.Hold).With(Term, NpgsqlDbType.Bigint);
        batch.Add(LeaseStatements.EndIfSilent).With(((long)_duration.TotalMilliseconds).ToString(CultureInfo.InvariantCulture), NpgsqlDbType.Text);
    }

    /// <summary>Whether this still holds the lease, as the database has it.</summary>
    public async Task<bool> IsHeldAsync(NpgsqlConnection connection, CancellationToken cancellationToken) =>
        await connection.Command(_statements.Hold).With(Term, NpgsqlDbType.Bigint).ScalarAsync<long>(cancellationToken) == Term;

    /// <summary>Tells that somebody else has taken it.</summary>
    public void Lose() => _lost.Cancel();

    /// <summary>Gives the lease back, once.</summary>
    /// <returns>Whether the database knows.</returns>
    public async ValueTask<bool> GiveBackAsync()
    {
        await _stop.CancelAsync();
        await _renewing;
        _stop.Dispose();
        await _expiry.DisposeAsync();
        try
        {
            await using var connection = await _database.OpenAsync(CancellationToken.None);
            await connection.Command(_statements.GiveBack).With(Term, NpgsqlDbType.Bigint).RunAsync(CancellationToken.None);
            return true;
        }
        catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
        {
            return false;
        }
    }

    private TimeSpan Left(long since)
    {
        var left = _duration - _time.GetElapsedTime(since);
        return left > TimeSpan.Zero ? left : TimeSpan.Zero;
    }

    private async Task RenewAsync(CancellationToken stop)
    {
        while (!stop.IsCancellationRequested && !_lost.IsCancellationRequested)
        {
            await Task.Delay(_duration / 3, _time, stop).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            if (stop.IsCancellationRequested)
                return;
            try
            {
                // From before the database sets its own time: so this one runs out first.
                var since = _time.GetTimestamp();
                await using var connection = await _database.OpenAsync(stop);
                var renewed = await connection.Command(_statements.Renew)
                    .With(Term, NpgsqlDbType.Bigint)
                    .With(_duration, NpgsqlDbType.Interval)
                    .ScalarAsync<long>(stop);
                if (renewed == Term)
                    _expiry.Change(Left(since), Timeout.InfiniteTimeSpan);
                else
                    Lose();
            }
            catch (Exception exception) when (DatabaseFault.IsOfDatabase(exception))
            {
                // Tried again; the timer ends it if that goes on for too long.
                _database.ForgetIdle();
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

/// <summary>Who wants a lease.</summary>
/// <param name="Holder">What it is, for messages: <c>server</c> or <c>client</c>.</param>
/// <param name="Owner">This opening, by a random name.</param>
/// <param name="Duration">How long it holds without being renewed.</param>
/// <param name="Left">The opening of before of this very process, if it could not give its lease back; or null.</param>
internal sealed record LeaseWish(string Holder, string Owner, TimeSpan Duration, string? Left)
{
    // A short lease is one that is wanted soon.
    private const int LooksPerLease = 10;

    public TimeSpan TimeBetweenLooks(TimeSpan longest) => Duration / LooksPerLease < longest ? Duration / LooksPerLease : longest;
}
