using System.Collections.Immutable;
using Hermes.Abstractions.Buses;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Json;
using Hermes.Events.Schema;

namespace Hermes.Client.Benchmarks;

/// <summary>Fills a bus with the initsync of a university: users of eleven attributes, groups of four, memberships of two.</summary>
internal static class BusFile
{
    private const int Batch = 5000;

    public static async Task FillAsync(IMessageBusProducer producer, int users, int groups, int memberships)
    {
        var sequence = 0L;
        foreach (var batch in Events(users, groups, memberships).Chunk(Batch))
        {
            await producer.SendAsync([.. batch.Select(Message)], CancellationToken.None);
        }

        BusMessage Message(HermesEvent @event)
        {
            var stamp = new EventStamp("benchmark", ++sequence, DateTimeOffset.UnixEpoch);
            return new BusMessage(EventJson.CategoryName(@event.Category), EventJson.Encode(@event, stamp)) { Id = stamp.Id };
        }
    }

    private static IEnumerable<HermesEvent> Events(int users, int groups, int memberships)
    {
        yield return new InitStartEvent(Schema());
        for (var i = 0; i < users; i++)
        {
            yield return Added(
                "Users",
                EntryKey.Of($"u{i}"),
                ("id", $"u{i}"), ("login", $"login{i}"), ("first", $"First{i % 997}"), ("last", $"Last{i % 9973}"), ("mail", $"login{i}@example.org"),
                ("phone", $"+33 1 {i:D8}"), ("born", new DateTime(1970, 1, 1).AddDays(i % 12000)), ("room", $"R{i % 400}"), ("floor", i % 7),
                ("active", i % 10 != 0), ("status", "student"));
        }

        for (var i = 0; i < groups; i++)
            yield return Added("Groups", EntryKey.Of($"g{i}"), ("id", $"g{i}"), ("name", $"Group {i}"), ("kind", "course"), ("size", i % 60));
        for (var i = 0; i < memberships; i++)
        {
            var (user, group) = ($"u{i % users}", $"g{(i / users * 31 + i) % groups}");
            yield return Added("Members", EntryKey.Of(user, group), ("uid", user), ("gid", group));
        }

        yield return new InitStopEvent();
    }

    private static AddedEvent Added(string type, EntryKey key, params ReadOnlySpan<(string, Value)> attributes) =>
        new(type, key, Entry.Of(attributes), EventCategory.InitSync);

    private static DataSchema Schema() => new(
        Type("Users", ["active", "born", "first", "floor", "id", "last", "login", "mail", "phone", "room", "status"], ["id"]),
        Type("Groups", ["id", "kind", "name", "size"], ["id"]),
        Type("Members", ["gid", "uid"], ["uid", "gid"], new("uid", new("Users", "id")), new("gid", new("Groups", "id"))));

    private static TypeSchema Type(string name, string[] attributes, string[] key, params ReadOnlySpan<KeyValuePair<string, ForeignKey>> foreignKeys) =>
        new(name, [.. attributes], [], [.. key], foreignKeys.ToArray().ToImmutableSortedDictionary(StringComparer.Ordinal));
}
