using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.Client.Benchmarks;

/// <summary>Fills a bus with the initsync of a university: users of eleven attributes, groups of four, memberships of two.</summary>
internal static class BusFile
{
    private const int Batch = 5000;

    public static async Task FillAsync(string path, Sizes sizes)
    {
        await using var writer = new BusWriter(path, 0);
        foreach (var batch in Events(sizes).Chunk(Batch))
            await writer.SendAsync(batch);
    }

    /// <summary>Goes on after an initsync of so many entries.</summary>
    public static BusWriter Continue(string path, int entries) => new(path, entries + 2);

    /// <summary>A group that nobody knew.</summary>
    public static AddedEvent NewGroup(int number) =>
        Added("Groups", $"n{number}", EventCategory.Base, ("id", $"n{number}"), ("name", $"New group {number}"), ("kind", "course"), ("size", number));

    private static IEnumerable<HermesEvent> Events(Sizes sizes)
    {
        var (users, groups, memberships) = sizes;
        yield return new InitStartEvent(Schema());
        for (var i = 0; i < users; i++)
        {
            yield return Added(
                "Users",
                $"u{i}",
                EventCategory.InitSync,
                ("id", $"u{i}"), ("login", $"login{i}"), ("first", $"First{i % 997}"), ("last", $"Last{i % 9973}"), ("mail", $"login{i}@example.org"),
                ("phone", $"+33 1 {i:D8}"), ("born", new DateTime(1970, 1, 1).AddDays(i % 12000)), ("room", $"R{i % 400}"), ("floor", i % 7),
                ("active", i % 10 != 0), ("status", "student"));
        }

        for (var i = 0; i < groups; i++)
            yield return Added("Groups", $"g{i}", EventCategory.InitSync, ("id", $"g{i}"), ("name", $"Group {i}"), ("kind", "course"), ("size", i % 60));
        for (var i = 0; i < memberships; i++)
        {
            var (user, group) = ($"u{i % users}", $"g{(i / users * 31 + i) % groups}");
            yield return new AddedEvent("Members", EntryKey.Of(user, group), Entry.Of(("uid", user), ("gid", group)), EventCategory.InitSync);
        }

        yield return new InitStopEvent();
    }

    private static AddedEvent Added(string type, string key, EventCategory category, params ReadOnlySpan<(string, Value)> attributes) =>
        new(type, EntryKey.Of(key), Entry.Of(attributes), category);

    private static DataSchema Schema() => new(
        Type("Users", ["active", "born", "first", "floor", "id", "last", "login", "mail", "phone", "room", "status"], ["id"]),
        Type("Groups", ["id", "kind", "name", "size"], ["id"]),
        Type("Members", ["gid", "uid"], ["uid", "gid"], new("uid", new("Users", "id")), new("gid", new("Groups", "id"))));

    private static TypeSchema Type(string name, string[] attributes, string[] key, params ReadOnlySpan<KeyValuePair<string, ForeignKey>> foreignKeys) =>
        new(name, [.. attributes], [], [.. key], foreignKeys.ToArray().ToImmutableSortedDictionary(StringComparer.Ordinal));
}
