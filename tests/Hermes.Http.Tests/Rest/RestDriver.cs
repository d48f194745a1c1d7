using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Rest;
using Hermes.Http.Source;
using Hermes.Templates;
using Hermes.Testing.Targets;

namespace Hermes.Http.Tests.Rest;

/// <summary>Applies changes of one entry to a target before a server of the test.</summary>
internal sealed class RestDriver(RestServer server, RestTarget target, bool ownsServer) : IAsyncDisposable
{
    private static readonly TargetType[] Types =
    [
        new("Users", ["code", "id", "login", "mail"], ["id"], ["code"], ImmutableDictionary<string, TargetForeignKey>.Empty),
        new("Groups", ["id", "members", "owner"], ["id"], [], ImmutableDictionary<string, TargetForeignKey>.Empty)
        {
            References = ImmutableDictionary<string, TargetReference>.Empty.Add("members", new("Users", IsList: true)).Add("owner", new("Users", IsList: false)),
        },
    ];

    public RestServer Server { get; } = server;

    public RestTarget Target { get; } = target;

    public TestTargetContext Context { get; } = new();

    public static async Task<RestDriver> StartAsync(Action<RestTargetOptions>? configure = null, TimeProvider? time = null) =>
        await StartAsync(await RestServer.StartAsync(), true, configure, time);

    public static Task<RestDriver> StartAsync(RestServer server, Action<RestTargetOptions> configure) => StartAsync(server, false, configure, null);

    public static RestTargetOptions Options(string address) => new()
    {
        Address = address,
        Authentication = HttpAuthentication.Bearer,
        Token = RestServer.Token,
        Retries = 0,
        Items = "/items",
        Paging = HttpPaging.Offset,
        PagingParameter = "offset",
        Proof = ReadProof.Total,
        TotalPointer = "/total",
        Resources =
        {
            ["Users"] = new RestTypeOptions { Path = "users", Attributes = { ["id"] = "/key", ["login"] = "/login", ["mail"] = "/mail" } },
            ["Groups"] = new RestTypeOptions { Path = "groups", Attributes = { ["id"] = "/key", ["members"] = "/members", ["owner"] = "/owner" } },
        },
    };

    public static ValueTask StartAsync(RestTarget target) => target.StartAsync(Types, default);

    public static Entry User(string id, string login, params ReadOnlySpan<(string Name, Value Value)> more)
    {
        var entry = Entry.Of(("id", id), ("login", login));
        foreach (var (name, value) in more)
            entry = entry.With(name, value);
        return entry;
    }

    public Task AddAsync(Entry entry, string type = "Users") => ApplyAsync(new EntryAdded(type, EntryKey.Of(entry["id"]), entry), Context);

    public Task ModifyAsync(Entry before, Entry after) => ApplyAsync(
        new EntryModified("Users", EntryKey.Of(after["id"]), after, before, new(
            Entry.Empty,
            Entry.Create(after.Where(attribute => before.Get(attribute.Key) != attribute.Value)),
            [.. before.Keys.Where(name => !after.ContainsKey(name))])),
        Context);

    public Task RemoveAsync(Entry entry) => ApplyAsync(new EntryRemoved("Users", EntryKey.Of(entry["id"]), entry), Context);

    public Task ApplyAsync(TargetChange change, TestTargetContext context) => Target.ApplyAsync(change, context, default).AsTask();

    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        if (ownsServer)
            await Server.DisposeAsync();
    }

    private static async Task<RestDriver> StartAsync(RestServer server, bool ownsServer, Action<RestTargetOptions>? configure, TimeProvider? time)
    {
        var options = Options(server.Address);
        configure?.Invoke(options);
        var target = new RestTarget(options, new JinjaTemplateEngine(), time);
        await StartAsync(target);
        return new RestDriver(server, target, ownsServer);
    }
}
