using Hermes.Abstractions.Targets;
using Hermes.EndToEnd.Tests.Worlds;
using Hermes.Testing.Sources;
using Hermes.Testing.Targets;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.EndToEnd.Tests.Years;

/// <summary>A year of a campus: its database, its server, its client and its target, and what a story does with them.</summary>
internal sealed class Year : IAsyncDisposable
{
    private readonly InMemorySource _database = new();
    private readonly World _world;
    private readonly Ledger _ledger;

    public Year(IWorldStorage storage)
    {
        _world = new World(storage, new FakeTimeProvider(World.Start));
        _ledger = new Ledger(_world, Target);
        Users = _database.Table("users", "id", "first", "last", "mail", "phone");
        Groups = _database.Table("groups", "id", "name");
        Members = _database.Table("members", "uid", "gid");
        Staff = _database.Table("staff", "id", "badge", "name");
        Rooms = _database.Table("rooms", "id", "floor");
    }

    public InMemoryTable Users { get; }

    public InMemoryTable Groups { get; }

    public InMemoryTable Members { get; }

    public InMemoryTable Staff { get; }

    public InMemoryTable Rooms { get; }

    public RecordingTarget Target { get; } = new() { Steps = ["create", "announce"] };

    public ServerSide Server { get; private set; } = ServerSide.First;

    public ClientSide Client { get; private set; } = ClientSide.First;

    public Task BeginAsync() => _world.StartServerAsync(server => Server.Describe(server, _database));

    public Task ClientJoinsAsync() => _world.StartClientAsync(Target, Client.Describe);

    public Task ClientLeavesAsync() => _world.StopClientAsync();

    public async Task InitSyncAsync()
    {
        (await _world.Server.InitSyncAsync()).Error.Should().BeNull();
        await _world.SettleAsync();
    }

    /// <summary>The server polls, and the client does what follows.</summary>
    public async Task PollAsync()
    {
        (await _world.Server.UpdateAsync()).Error.Should().BeNull();
        await _world.SettleAsync();
    }

    /// <summary>The server polls while the client is away.</summary>
    public async Task PollAloneAsync() => (await _world.Server.UpdateAsync()).Error.Should().BeNull();

    /// <summary>The server restarts with another data model, and polls.</summary>
    public async Task ChangeServerAsync(Func<ServerSide, ServerSide> change)
    {
        Server = change(Server);
        await _world.StopServerAsync();
        await BeginAsync();
        await PollAsync();
    }

    /// <summary>The client restarts with another data model or other settings.</summary>
    public async Task ChangeClientAsync(Func<ClientSide, ClientSide> change)
    {
        Client = change(Client);
        await _world.StopClientAsync();
        await ClientJoinsAsync();
        await _world.SettleAsync();
    }

    public async Task LaterAsync(TimeSpan by)
    {
        _world.Time.Advance(by);
        await _world.SettleAsync();
    }

    public async Task RetryAsync()
    {
        await _world.Client.RetryAllAsync();
        await _world.SettleAsync();
    }

    public void HandlersFail(Func<TargetChange, bool> of, string? step = null) => Target.Fail(of, step: step);

    public void HandlersWork() => Target.Recover();

    /// <summary>Checks what was called since the step before, and what changed in the views, the queue and the trashbin: exactly this.</summary>
    public Task ThenAsync(string step, string calls, string views) => _ledger.CheckAsync(step, calls, views);

    /// <summary>Nothing was called, and nothing changed.</summary>
    public Task ThenNothingAsync(string step) => _ledger.CheckAsync(step, "", "");

    /// <summary>What the client warns of in its status.</summary>
    public IReadOnlyList<string> Warnings => _world.Client.Status.Warnings;

    public void End() => _ledger.Close();

    public ValueTask DisposeAsync() => _world.DisposeAsync();
}
