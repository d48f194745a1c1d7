using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.Configuration;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.ErrorQueue;
using Hermes.Events;
using Hermes.Events.Schema;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Ldap.Tests.Servers;

/// <summary>A whole client, with users, groups and memberships, in front of a target: what the engine does is part of the test.</summary>
internal sealed class PeopleClient : IAsyncDisposable
{
    private static readonly DataSchema Schema = new(
        Type("SRVUsers", ["id", "login", "name", "title"], ["id"]),
        Type("SRVGroups", ["id", "name"], ["id"]),
        Type("SRVMembers", ["gid", "uid"], ["gid", "uid"], ("gid", "SRVGroups"), ("uid", "SRVUsers")));

    public ClientHarness Harness { get; } = new();

    public static AddedEvent User(string id, string login, string? name = null) => new(
        "SRVUsers", EntryKey.Of(id), Entry.Of(("id", id), ("login", login), ("name", name ?? $"Person {id}")), EventCategory.Base);

    public static AddedEvent Group(string id, string name) => new("SRVGroups", EntryKey.Of(id), Entry.Of(("id", id), ("name", name)), EventCategory.Base);

    public static AddedEvent Member(string group, string user) => new(
        "SRVMembers", EntryKey.Of(group, user), Entry.Of(("gid", group), ("uid", user)), EventCategory.Base);

    public static ModifiedEvent Changed(string id, params ReadOnlySpan<(string Name, Value Value)> modified) => new(
        "SRVUsers", EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(modified), []));

    public static ModifiedEvent Renamed(string id, string login) => Changed(id, ("login", login));

    public static RemovedEvent Gone(string id) => new("SRVUsers", EntryKey.Of(id));

    /// <summary>Starts on what is there, and applies it.</summary>
    public async Task StartAsync(IClientTarget target, TimeSpan retention, params AddedEvent[] entries)
    {
        await Harness.SendInitSyncAsync(Schema, entries);
        await RestartAsync(target, retention);
        await AppliedAsync();
    }

    /// <summary>What else is said of users.</summary>
    public Action<ClientTypeBuilder> Users { get; init; } = _ => { };

    public Task RestartAsync(IClientTarget target, TimeSpan retention) => Harness.StartAsync(target, client => client
        .DataType("Users", type =>
        {
            type.From("SRVUsers").Map("uid", "login").Map("cn", "name").Map("sn", "name").Map("employeeNumber", "id").Map("title", "{{ title | default('none') }}")
                .CorrelateBy("employeeNumber", "employeeNumber").CorrelateBy("uid", "uid");
            Users(type);
        })
        .DataType("Groups", type => type.From("SRVGroups").Map("cn", "name"))
        .DataType("Memberships", type => type.From("SRVMembers").Map("group_id", "gid").Map("user_id", "uid"))
        .Configure(options => (options.TrashbinRetention, options.Remediation) = (retention, RemediationPolicy.Maximum)));

    /// <summary>Sends events of one poll, and returns when they are applied.</summary>
    public async Task SendAsync(params HermesEvent[] events)
    {
        await Harness.SendAsync(events);
        await AppliedAsync();
    }

    public Task AppliedAsync() => Harness.AppliedAsync();

    public async Task<IReadOnlyList<QueuedEventInfo>> QueueAsync() => (await Harness.Control.ListErrorQueueAsync()).Items;

    public async Task ShouldBeDoneAsync() => (await QueueAsync()).Select(queued => queued.Message).Should().BeEmpty();

    public ValueTask DisposeAsync() => Harness.DisposeAsync();

    private static TypeSchema Type(string name, string[] attributes, string[] key, params (string Attribute, string Type)[] parents) => new(
        name,
        [.. attributes.Order(StringComparer.Ordinal)],
        [],
        [.. key],
        parents.ToImmutableSortedDictionary(parent => parent.Attribute, parent => new ForeignKey(parent.Type, "id"), StringComparer.Ordinal));
}
