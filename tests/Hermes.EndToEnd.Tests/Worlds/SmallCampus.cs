using Hermes.ClientRuntime.Configuration;
using Hermes.EndToEnd.Tests.Years;
using Hermes.Runtime.Registration;
using Hermes.ServerRuntime.Control;
using Hermes.Testing.Logging;
using Hermes.Testing.Notifications;
using Hermes.Testing.Sources;
using Hermes.Testing.Targets;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.EndToEnd.Tests.Worlds;

/// <summary>A campus of two users and a group, loaded and at rest: the ground on which something goes wrong.</summary>
internal sealed class SmallCampus : IAsyncDisposable
{
    private readonly InMemorySource _database = new();

    public SmallCampus(IWorldStorage storage)
    {
        World = new World(storage, new FakeTimeProvider(World.Start)) { Log = Log, Notifier = Notifier };
        Users = _database.Table("users", "id", "first", "last").Add("1", "Ada", "Byron").Add("2", "Bob", "Hope");
        _database.Table("groups", "id", "name").Add("g", "Maths");
        _database.Table("members", "uid", "gid").Add("1", "g");
        _database.Table("staff", "id", "badge", "name");
    }

    public World World { get; }

    public RecordingLoggerProvider Log { get; } = new();

    public RecordingNotifier Notifier { get; } = new();

    public InMemoryTable Users { get; }

    public RecordingTarget Target { get; } = new();

    /// <summary>How the target calls its users.</summary>
    public IEnumerable<string> Names => Target.Entries("Users").Values.Select(user => user["display"].AsString()).Order(StringComparer.Ordinal);

    /// <summary>What the client is told beside its data model.</summary>
    public Action<ClientOptions> Options { get; set; } = _ => { };

    public static async Task<SmallCampus> LoadedAsync(IWorldStorage storage, Action<ClientOptions>? options = null)
    {
        var campus = new SmallCampus(storage) { Options = options ?? (_ => { }) };
        await campus.StartServerAsync();
        await campus.StartClientAsync();
        (await campus.World.Server.InitSyncAsync()).Error.Should().BeNull();
        await campus.World.SettleAsync();
        campus.Names.Should().Equal("Ada Byron", "Bob Hope");
        return campus;
    }

    public Task StartServerAsync(Action<IHermesServerBuilder>? more = null) => World.StartServerAsync(server =>
    {
        ServerSide.First.Describe(server, _database);
        more?.Invoke(server);
    });

    public Task StartClientAsync() => World.StartClientAsync(Target, client =>
    {
        ClientSide.First.Describe(client);
        client.Configure(Options);
    });

    /// <summary>A change goes the whole way, as ever.</summary>
    public async Task ShouldGoOnAsync()
    {
        Users.Set("2", "last", "Dylan");
        await PollAsync();
        Names.Should().Equal("Ada Byron", "Bob Dylan");
        World.Client.Status.LastError.Should().BeNull();
    }

    public async Task<PollResult> PollAsync()
    {
        var result = await World.Server.UpdateAsync();
        result.Error.Should().BeNull();
        await World.SettleAsync();
        return result;
    }

    public ValueTask DisposeAsync() => World.DisposeAsync();
}
