using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;
using Hermes.Runtime.Registration;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.ClientRuntime.Tests.References;

/// <summary>People who have a boss, and teams that list their members, which may be people or other teams.</summary>
internal static class Teams
{
    public static DataSchema Schema { get; } = new(
        Campus.Type("SRVPeople", ["id", "boss", "name"], ["id"]),
        Campus.Type("SRVTeams", ["id", "members", "subteams", "name"], ["id"]));

    public static IHermesClientBuilder TeamModel(this IHermesClientBuilder client) => client
        .DataType("People", type => type.From("SRVPeople").MapAll("id", "boss", "name").Reference("boss", "People"))
        .DataType("Teams", type => type.From("SRVTeams").MapAll("id", "members", "subteams", "name").References("members", "People").References("subteams", "Teams"));

    public static AddedEvent Person(int id, int? boss = null) => new(
        "SRVPeople", EntryKey.Of(id), Entry.Of(("id", id), ("boss", boss is { } key ? key : Value.Null), ("name", $"person {id}")), EventCategory.Base);

    public static AddedEvent Team(int id, int[] members, params int[] subteams) => new(
        "SRVTeams", EntryKey.Of(id), Entry.Of(("id", id), ("members", List(members)), ("subteams", List(subteams)), ("name", $"team {id}")), EventCategory.Base);

    public static ModifiedEvent Changed(string type, int id, params ReadOnlySpan<(string Name, Value Value)> changes) => new(
        type, EntryKey.Of(id), new AttributeChanges(Entry.Empty, Entry.Of(changes), [.. changes.ToArray().Where(change => !change.Value.IsSet).Select(change => change.Name)]));

    public static RemovedEvent Left(string type, int id) => new(type, EntryKey.Of(id));

    public static ValueList List(params int[] keys) => ValueList.Create(keys.Select(key => Value.From(key)));
}
