using Hermes.Abstractions.Data;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Testing.Buses;
using Hermes.Testing.Sources;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.EndToEnd.Tests.Histories;

/// <summary>A history as it happens. Whoever dies is started again when it is needed next.</summary>
internal sealed class HistoryRun : IAsyncDisposable
{
    private readonly InMemorySource _tables = new();
    private readonly InMemoryTable _users;
    private readonly InMemoryTable _groups;
    private readonly InMemoryTable _members;
    private readonly InMemoryTable _rooms;
    private readonly World _world;
    private readonly IHistoryStorage _storage;
    private HashSet<EntryKey> _polledUsers = [];
    private bool _isPowerCutWithClient;
    private bool _hasLostMessages;

    /// <param name="history">What happens.</param>
    /// <param name="database">The PostgreSQL database that bus and states lie in; null for the memory.</param>
    public HistoryRun(History history, string? database)
    {
        var time = new FakeTimeProvider(World.Start);
        _users = _tables.Table("users", "id", "first", "last", "mail");
        _groups = _tables.Table("groups", "id", "name");
        _members = _tables.Table("members", "uid", "gid", "role");
        _rooms = _tables.Table("rooms", "code", "building", "number", "use", SecretWatch.Attribute);
        Target = new WatchedTarget(Faults, user => _polledUsers.Contains(user)) { Settings = history.Settings };
        _storage = database is not null
            ? new PostgreSqlHistoryStorage(database, Faults, Secrets)
            : new InMemoryStorage(new InMemoryBus(time) { RefusesDuplicates = history.BusRefusesDuplicates })
            {
                AroundClientState = store => new MortalClientStore(store, Faults, Secrets),
                AroundServerState = store => new MortalServerStore(store, Faults, Secrets),
            };
        _world = new World(_storage, time);
    }

    public CampusContent Source { get; } = new();

    public Faults Faults { get; } = new();

    public SecretWatch Secrets { get; } = new();

    public WatchedTarget Target { get; }

    /// <summary>Whether an event was discarded: then the target lacks something, and rightly so.</summary>
    public bool HasDiscarded { get; private set; }

    public ServerSettings Server { get; private set; } = ServerSettings.First;

    public ClientRuntime.Control.IHermesClientControl Client => _world.Client;

    /// <summary>Polls; and lets the client do what follows, if it runs.</summary>
    public async Task PollAsync()
    {
        await TryPollAsync();
        await SettleAsync();
    }

    public async Task AdvanceAsync(TimeSpan by)
    {
        await SettleAsync();
        _world.Time.Advance(by);
        // Whatever polled because its time had come has ended when a poll that is asked for has.
        await PollAsync();
    }

    public Task RetryAsync() => AskClientAsync(client => UnlessBehindAsync(client, client.RetryAllAsync()));

    public Task RetryFirstAsync() => AskClientAsync(async client =>
    {
        if ((await client.ListErrorQueueAsync()).Items is [var first, ..])
            await UnlessBehindAsync(client, client.RetryAsync(first.Number));
    });

    /// <summary>Discards an event of the queue of which nothing was done yet.</summary>
    public Task DiscardAsync(int place) => AskClientAsync(async client =>
    {
        var untouched = (await client.ListErrorQueueAsync()).Items.Where(queued => queued is { IsPartiallyProcessed: false, IsInFlight: false, WasBrokenOff: false }).ToList();
        if (untouched.Count == 0)
            return;
        HasDiscarded = true;
        var discarded = untouched[place % untouched.Count];
        Target.Discarded(discarded.Type, discarded.Key);
        await client.DiscardAsync(discarded.Number);
    });

    /// <summary>The server sends all that there is; if the bus fails, later.</summary>
    public async Task SendInitSyncAsync()
    {
        await EnsureServerAsync();
        await _world.Server.InitSyncAsync();
        await SettleAsync();
    }

    /// <summary>What the server tells meanwhile is no longer on the bus when the client comes back.</summary>
    public async Task LoseMessagesAsync()
    {
        await _world.StopClientAsync();
        await TryPollAsync();
        _hasLostMessages = true;
        _storage.RemoveMessages();
    }

    /// <summary>The client takes the latest initsync as the whole truth, or the next one.</summary>
    public async Task ReinitialiseAsync()
    {
        await AskClientAsync(client => client.ReinitialiseAsync("a history says so"));
        await SettleAsync();
    }

    /// <summary>The server restarts, perhaps with another data model.</summary>
    public async Task RestartServerAsync(ServerSettings settings)
    {
        await _world.StopServerAsync();
        Server = settings;
        await EnsureServerAsync();
    }

    public Task StopClientAsync() => _world.StopClientAsync();

    public async Task RestartClientAsync(HistorySettings? settings)
    {
        await _world.StopClientAsync();
        Target.Settings = settings ?? Target.Settings;
        await EnsureClientAsync();
        await SettleAsync();
    }

    /// <summary>When the client dies of this, the power is cut: what came of its calls since the last commit is lost too.</summary>
    public void CutPowerWith(Action<Faults> fault)
    {
        _isPowerCutWithClient = true;
        fault(Faults);
    }

    public void FailBus(int taken, int confirmed) => _storage.FailNextSend(new SendFailure(taken, confirmed));

    /// <summary>Everything works from now on, and everything that waits is done.</summary>
    public async Task ComeToRestAsync()
    {
        Faults.Heal();
        Faults.Calm();
        await EnsureClientAsync();
        await PollUntilSentAsync();
        if (_hasLostMessages)
        {
            await SendInitSyncAsync();
            await PollUntilSentAsync();
        }

        await RetryAsync();
        await SettleAsync();
    }

    public async ValueTask DisposeAsync() => await _world.DisposeAsync();

    private async Task PollUntilSentAsync()
    {
        for (var tries = 0; !await TryPollAsync();)
            (++tries).Should().BeLessThan(10, "the server recovers");
        await SettleAsync();
    }

    private async Task<bool> TryPollAsync()
    {
        await EnsureServerAsync();
        Source.WriteTo(_users, _groups, _members, _rooms);
        _polledUsers = [.. Source.Users.Keys.Select(user => EntryKey.Of(user))];
        return (await _world.Server.UpdateAsync()).Succeeded;
    }

    private Task SettleAsync() => AskClientAsync(_ => _world.SettleAsync());

    // A client that is behind refuses to try anything.
    private static async Task UnlessBehindAsync(ClientRuntime.Control.IHermesClientControl client, Task retry)
    {
        try
        {
            await retry;
        }
        catch (InvalidOperationException) when (client.Status.Behind is not null)
        {
        }
    }

    // The client may die, or be stopped, while it is asked: then it is started again, and goes on with what it had to do.
    private async Task AskClientAsync(Func<ClientRuntime.Control.IHermesClientControl, Task> ask)
    {
        if (!_world.IsClientRunning)
            return;
        while (true)
        {
            await EnsureClientAsync();
            var answer = ask(_world.Client);
            if (await Task.WhenAny(answer, Faults.ClientDied, Faults.ClientCutOff) == answer && !Faults.IsClientDead && !Faults.IsClientCutOff)
            {
                await answer;
                return;
            }

            await _world.StopClientAsync();
            await answer.ContinueWith(ended => ended.Exception, TaskScheduler.Default);
        }
    }

    private async Task EnsureServerAsync()
    {
        if (Faults.IsServerDead)
            await _world.StopServerAsync();
        if (_world.IsServerRunning)
            return;
        Faults.ServerRestarts();
        Source.WriteTo(_users, _groups, _members, _rooms);
        await _world.StartServerAsync(server => CampusModels.Describe(server, _tables, Server));
    }

    private async Task EnsureClientAsync()
    {
        if (Faults.IsClientDead || Faults.IsClientCutOff)
            await _world.StopClientAsync();
        if (_world.IsClientRunning)
            return;
        if (Faults.IsClientDead && _isPowerCutWithClient)
        {
            _isPowerCutWithClient = false;
            Target.PowerIsCut();
            _storage.CutPower();
        }

        Faults.ClientRestarts();

        // A template that fails while a new model is worked out stops the client: that is another story.
        Faults.HealConversions();
        await _world.StartClientAsync(Target, client => CampusModels.Describe(client, Target.Settings, Faults));
    }
}
