using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Ldap.Directories;
using Hermes.Ldap.Tests.Servers;
using Hermes.TestSupport.Servers;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Ldap.Tests.Directories;

/// <summary>A whole client whose people have managers and whose groups list people and groups, on a directory that corrects references itself or does not.</summary>
internal sealed class ReferringDirectory : IAsyncDisposable
{
    private static readonly DataSchema Schema = new(Type("SRVUsers", "id", "login", "manager"), Type("SRVGroups", "groups", "id", "members", "name", "owner"));

    private readonly SlapdServer _server;
    private DirectoryFixture? _fixture;

    private ReferringDirectory(SlapdServer server, Subtree tree) => (_server, Tree) = (server, tree);

    public ClientHarness Client { get; } = new();

    public Subtree Tree { get; }

    public string User(string login) => Tree.Below($"uid={login},ou=people");

    public string Group(string name) => Tree.Below($"cn={name},ou=groups");

    public string[] Members(string group) => Tree.Values($"cn={group},ou=groups", "member");

    /// <summary>Who has which manager, in order.</summary>
    public IEnumerable<string> Managers() => Tree.All("", "(manager=*)", "manager").Select(pair => $"{pair.Key.Split(',')[0][4..]} {pair.Value}").Order();

    public static async Task<ReferringDirectory> StartAsync(
        SlapdServer server, bool correctsItself, AddedEvent[] entries, Action<DirectoryTargetOptions>? configure = null)
    {
        var campus = new ReferringDirectory(server, correctsItself ? Subtree.WithIntegrity(server) : Subtree.Of(server));
        await campus.StartAsync(
            options =>
            {
                options.CorrectReferences = !correctsItself;
                configure?.Invoke(options);
            },
            entries);
        return campus;
    }

    public static AddedEvent Person(int id, string login, int? manager = null) => new(
        "SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", login), ("manager", manager is { } key ? key : Value.Null)), EventCategory.Base);

    public static AddedEvent Group(int id, string name, int[] members, int[] groups, int? owner = null) => new(
        "SRVGroups",
        EntryKey.Of(id),
        Entry.Of(("id", id), ("name", name), ("members", List(members)), ("groups", List(groups)), ("owner", owner is { } key ? key : Value.Null)),
        EventCategory.Base);

    public static ModifiedEvent Changed(string type, int id, params ReadOnlySpan<(string Name, Value Value)> changes) => new(
        type, EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(changes), [.. changes.ToArray().Where(change => !change.Value.IsSet).Select(change => change.Name)]));

    public static ValueList List(params int[] keys) => ValueList.Create(keys.Select(key => Value.From(key)));

    private async Task StartAsync(Action<DirectoryTargetOptions> configure, AddedEvent[] entries)
    {
        _fixture = await DirectoryFixture.MakeAsync(_server, Tree, options =>
        {
            options.Memberships.Clear();
            options.Entries["Users"].KeyAttribute = "employeeNumber";
            var groups = options.Entries["Groups"];
            groups.Defaults.Clear();
            groups.Ignore.Remove("members");
            (groups.EmptyMember, groups.ReferenceAttributes["members"], groups.ReferenceAttributes["groups"]) = ("cn=nobody", "member", "member");
            configure(options);
        }, isStarted: false);
        await Client.SendInitSyncAsync(Schema, entries);
        await Client.StartAsync(_fixture.Target, client => client
            .DataType("Users", type => type
                .From("SRVUsers").Map("uid", "login").Map("cn", "login").Map("sn", "login").Map("employeeNumber", "id").Map("manager").Reference("manager", "Users"))
            .DataType("Groups", type => type
                .From("SRVGroups").Map("cn", "name").MapAll("id", "members", "groups", "owner")
                .References("members", "Users").References("groups", "Groups").Reference("owner", "Users"))
            .Configure(options =>
            {
                options.TrashbinRetention = TimeSpan.FromDays(30);
                options.RemovalGuard.Enabled = false;
            }));
        await Client.AppliedAsync();
    }

    public async Task SendAsync(params HermesEvent[] events)
    {
        await Client.SendAsync(events);
        await Client.AppliedAsync();
        (await Client.Control.ListErrorQueueAsync()).Items.Select(queued => queued.Message).Should().BeEmpty();
    }

    public async Task ShouldBeCompleteAsync() => (await Client.Control.ListPendingReferencesAsync()).Items.Should().BeEmpty();

    public async ValueTask DisposeAsync()
    {
        await Client.DisposeAsync();
        _fixture?.Dispose();
    }

    private static TypeSchema Type(string name, params string[] attributes) => new(
        name, [.. attributes], [], ["id"], ImmutableSortedDictionary<string, ForeignKey>.Empty.WithComparers(StringComparer.Ordinal));
}
