using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests;

/// <summary>A small university as a server would send it: users, groups, and memberships that refer to both.</summary>
public static class Campus
{
    public static DataSchema Schema { get; } = new(
        Type("SRVUsers", ["id", "login", "first", "last", "mail", "pw"], ["id"], secrets: ["pw"]),
        Type("SRVGroups", ["id", "name"], ["id"]),
        Type("SRVMembers", ["uid", "gid"], ["uid", "gid"], foreignKeys: [("uid", "SRVUsers", "id"), ("gid", "SRVGroups", "id")]));

    public static TypeSchema Type(
        string name, string[] attributes, string[] key, string[]? secrets = null, (string Attribute, string Type, string ParentAttribute)[]? foreignKeys = null) => new(
        name,
        [.. attributes.Order(StringComparer.Ordinal)],
        [.. (secrets ?? []).Order(StringComparer.Ordinal)],
        [.. key],
        (foreignKeys ?? []).ToImmutableSortedDictionary(key => key.Attribute, key => new ForeignKey(key.Type, key.ParentAttribute), StringComparer.Ordinal));

    public static AddedEvent User(string id, string login, string first = "Ada", string last = "Byron", string? password = null) => new(
        "SRVUsers",
        EntryKey.Of(id),
        Entry.Of(("id", id), ("login", login), ("first", first), ("last", last), ("pw", password)),
        EventCategory.Base);

    public static AddedEvent Group(string id, string name) => new("SRVGroups", EntryKey.Of(id), Entry.Of(("id", id), ("name", name)), EventCategory.Base);

    public static AddedEvent Member(string user, string group) => new(
        "SRVMembers", EntryKey.Of(user, group), Entry.Of(("uid", user), ("gid", group)), EventCategory.Base);

    public static ModifiedEvent Changed(string id, params ReadOnlySpan<(string Name, Value Value)> modified) => new(
        "SRVUsers", EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(modified), []));

    public static RemovedEvent Gone(EntryEvent entry) => new(entry.Type, entry.Key);

    /// <summary>The client's data model: users and groups and memberships, some attributes computed.</summary>
    public static IHermesClientBuilder Model(this IHermesClientBuilder client) => client
        .DataType("Users", type => type.From("SRVUsers").Map("login").Map("display", "{{ first ~ ' ' ~ last }}"))
        .DataType("Groups", type => type.From("SRVGroups").Map("name"))
        .DataType("Members", type => type.From("SRVMembers").Map("user", "uid").Map("group", "gid"));
}
