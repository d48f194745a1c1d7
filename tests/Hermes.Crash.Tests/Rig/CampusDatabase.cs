using Hermes.Crash.Host;
using Hermes.TestSupport.Servers;
using Npgsql;

namespace Hermes.Crash.Tests.Rig;

/// <summary>
/// The PostgreSQL server of a run, started for the first campus that needs it. From then on sessions of it are ended at random, and all of it is killed
/// again and again, and started on its data.
/// </summary>
/// <param name="struck">Told of what was done.</param>
internal sealed class CampusDatabase(Action<string> struck) : IAsyncDisposable
{
    private const int StrikesPerLife = 10;
    private const string EndSessions =
        "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE application_name LIKE 'hermes-%' AND random() < 0.3";

    private static readonly TimeSpan BetweenStrikes = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource _end = new();
    private readonly Lock _gate = new();
    private Task<PostgreSqlServer>? _server;
    private Task _strikes = Task.CompletedTask;

    /// <summary>Why there is none; null if there is one.</summary>
    public static string? Missing => ServerSoftware.Named("postgresql").Missing();

    /// <summary>A database of its own for a campus.</summary>
    public async Task<DatabasePlace> PlaceAsync(RigFolder folder)
    {
        var server = await StartedAsync();
        var name = Path.GetFileName(folder.Path);
        await Patiently.AskAsync(() => Statements.RunAsync(server.ConnectionString, $"CREATE DATABASE \"{name}\""), PostgresErrorCodes.DuplicateDatabase);
        return new DatabasePlace(server.ConnectionTo(name));
    }

    public async ValueTask DisposeAsync()
    {
        await _end.CancelAsync();
        if (_server is not null)
        {
            await using var server = await _server;
            try
            {
                await _strikes;
            }
            catch (OperationCanceledException)
            {
                // As it was told.
            }
        }

        _end.Dispose();
    }

    private Task<PostgreSqlServer> StartedAsync()
    {
        lock (_gate)
        {
            if (_server is null)
            {
                _server = PostgreSqlServer.StartAsync(CancellationToken.None);
                _strikes = StrikeAsync(_server);
            }

            return _server;
        }
    }

    private async Task StrikeAsync(Task<PostgreSqlServer> starting)
    {
        var server = await starting;
        for (var strike = 1; ; strike++)
        {
            await Task.Delay(BetweenStrikes, TimeProvider.System, _end.Token);
            if (strike % StrikesPerLife > 0)
            {
                await Patiently.AskAsync(() => Statements.RunAsync(server.ConnectionString, EndSessions));
                struck("strikes at sessions of the database");
                continue;
            }

            await server.KillAsync();
            struck("kills of the database");
            await server.RestartAsync();
        }
    }
}

/// <summary>Asks a database that is killed meanwhile until it answers.</summary>
internal static class Patiently
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(200);

    /// <param name="ask">The question.</param>
    /// <param name="done">The error that says that the question was answered already, when the answer was lost.</param>
    public static Task AskAsync(Func<Task> ask, string? done = null) => AskAsync(
        async () =>
        {
            try
            {
                await ask();
            }
            catch (PostgresException exception) when (exception.SqlState == done)
            {
                // By an earlier try.
            }

            return true;
        });

    public static async Task<T> AskAsync<T>(Func<Task<T>> ask)
    {
        while (true)
        {
            try
            {
                return await ask();
            }
            catch (NpgsqlException exception) when (exception is not PostgresException { SqlState: [not '5', ..] })
            {
                await Task.Delay(Pause, TimeProvider.System);
            }
        }
    }
}
