using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Scim;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Targets;

namespace Hermes.Http.Tests.Scim;

/// <summary>Brings changes of users and groups to a target as the client would: it remembers links.</summary>
internal sealed class ScimDriver : IAsyncDisposable
{
    private static readonly TargetType[] Types =
    [
        Type("Users", ["id", "login", "given", "mail", "department", "password", "manager"]) with
        {
            SecretAttributes = ["password"],
            References = ImmutableDictionary<string, TargetReference>.Empty.Add("manager", new TargetReference("Users", IsList: false)),
        },
        Type("Groups", ["id", "name", "members"]) with
        {
            References = ImmutableDictionary<string, TargetReference>.Empty.Add("members", new TargetReference("Users", IsList: true)),
        },
    ];

    private readonly Dictionary<EntryId, string> _links = [];

    private readonly ScimServer? _server;

    public ScimDriver(ScimTarget target, ScimServer? server = null) => (Target, _server) = (target, server);

    public ScimServer Server => _server!;

    public ScimTarget Target { get; }

    public static async Task<ScimDriver> StartAsync(ScimQuirks? quirks = null, Action<ScimTargetOptions>? configure = null)
    {
        var server = await ScimServer.StartAsync(quirks);
        return new ScimDriver(await StartAsync(server.Address, ScimServer.Token, configure), server);
    }

    public static async Task<ScimTarget> StartAsync(string address, string token, Action<ScimTargetOptions>? configure = null)
    {
        var options = new ScimTargetOptions { Address = address, Authentication = HttpAuthentication.Bearer, Token = token, RequestTimeout = TimeSpan.FromHours(2) };
        options.Resources["Users"] = new ScimTypeOptions
        {
            Endpoint = "Users",
            Attributes =
            {
                ["id"] = "externalId", ["login"] = "userName", ["given"] = "name.givenName", ["mail"] = "emails[work]", ["department"] = "enterprise:department",
                ["password"] = "password", ["manager"] = "enterprise:manager.value",
            },
        };
        options.Resources["Groups"] = new ScimTypeOptions { Endpoint = "Groups", Attributes = { ["id"] = "externalId", ["name"] = "displayName", ["members"] = "members" } };
        configure?.Invoke(options);
        var target = new ScimTarget(options, new ImpatientClock());
        await target.StartAsync(Types, default);
        return target;
    }

    public static Entry User(string id, string login, params ReadOnlySpan<(string Name, Value Value)> more)
    {
        var entry = Entry.Of(("id", id), ("login", login));
        foreach (var (name, value) in more)
            entry = entry.With(name, value);
        return entry;
    }

    public static Entry Group(string id, string name, params string[] members) =>
        Entry.Of(("id", id), ("name", name), ("members", ValueList.Create(members.Select(Value.From))));

    public string? LinkOf(string type, string id) => _links.GetValueOrDefault(new EntryId(type, EntryKey.Of(id)));

    public string IdOf(string type, string link) => _links.Single(pair => pair.Key.Type == type && pair.Value == link).Key.Key[0].AsString();

    public void Link(string type, string id, string link) => _links[new EntryId(type, EntryKey.Of(id))] = link;

    public Task AddAsync(string type, Entry entry) => ApplyAsync(new EntryAdded(type, KeyOf(entry), entry));

    public Task ModifyAsync(string type, Entry before, Entry after) => ApplyAsync(Modified(type, before, after));

    public Task TrashAsync(string type, Entry entry) => ApplyAsync(new EntryTrashed(type, KeyOf(entry), entry));

    public Task RecycleAsync(string type, Entry entry) => ApplyAsync(new EntryRecycled(type, KeyOf(entry), entry));

    public Task RemoveAsync(string type, Entry entry) => ApplyAsync(new EntryRemoved(type, KeyOf(entry), entry));

    public Task ApplyAsync(TargetChange change) => ApplyAsync(change, Context(change));

    /// <summary>Applies a change once more after a kill, with the links that were stored.</summary>
    public Task RedeliverAsync(TargetChange change) => ApplyAsync(change, Context(change).Redeliver());

    public async Task ApplyAsync(TargetChange change, TestTargetContext context)
    {
        try
        {
            await Target.ApplyAsync(change, context, default);
        }
        finally
        {
            if (context.Link is { } link)
                _links[new EntryId(change.Type, change.Key)] = link;
        }
    }

    public TestTargetContext Context(TargetChange change)
    {
        var context = new TestTargetContext().Refers("members", new TargetReference("Users", IsList: true)).Refers("manager", new TargetReference("Users", IsList: false));
        foreach (var (id, link) in _links)
        {
            if (id == new EntryId(change.Type, change.Key))
                context.Linked(link);
            else
                context.With(id.Type, id.Key, link);
        }

        return context;
    }

    public static EntryModified Modified(string type, Entry before, Entry after) => new(
        type,
        KeyOf(before),
        after,
        before,
        new AttributeChanges(
            Entry.Create(after.Where(pair => !before.ContainsKey(pair.Key))),
            Entry.Create(after.Where(pair => before.TryGetValue(pair.Key, out var old) && old != pair.Value)),
            [.. before.Keys.Where(name => !after.ContainsKey(name))]));

    public static EntryKey KeyOf(Entry entry) => EntryKey.Of(entry["id"]);

    public async ValueTask DisposeAsync()
    {
        Target.Dispose();
        if (_server is not null)
            await _server.DisposeAsync();
    }

    private static TargetType Type(string name, string[] attributes) =>
        new(name, [.. attributes.Order(StringComparer.Ordinal)], ["id"], [], ImmutableDictionary<string, TargetForeignKey>.Empty);
}
