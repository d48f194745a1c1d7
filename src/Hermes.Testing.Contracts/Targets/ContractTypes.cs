using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Contracts.Targets;

/// <summary>The data types of the suites of targets, and entries of them.</summary>
public static class ContractTypes
{
    /// <summary>A type with a text as its key.</summary>
    public const string People = "People";

    /// <summary>A type with a tuple as its key.</summary>
    public const string Members = "Members";

    /// <summary>The value of a secret attribute.</summary>
    public const string SecretText = "s3cret-Of-The-Contract";

    /// <summary>The types: people (id, name, mail, age, jobs, note, code) and members (group, person, role).</summary>
    public static IReadOnlyList<TargetType> All { get; } =
    [
        new(People, ["age", "code", "id", "jobs", "mail", "name", "note"], ["id"], ["code"], ImmutableDictionary<string, TargetForeignKey>.Empty),
        new(Members, ["group", "person", "role"], ["group", "person"], [], ImmutableDictionary<string, TargetForeignKey>.Empty),
    ];

    /// <summary>A person.</summary>
    public static Entry Person(string id, string name, params ReadOnlySpan<(string Name, Value Value)> more)
    {
        var entry = Entry.Of(("id", id), ("name", name));
        foreach (var (attribute, value) in more)
            entry = entry.With(attribute, value);
        return entry;
    }

    /// <summary>A member of a group.</summary>
    public static (EntryKey Key, Entry Entry) Member(string group, string person, string? role = null) =>
        (EntryKey.Of([group, person]), Entry.Of(("group", group), ("person", person), ("role", role)));

    /// <summary>A person is added.</summary>
    public static EntryAdded Added(Entry person) => new(People, KeyOf(person), person);

    /// <summary>A person changes.</summary>
    public static EntryModified Modified(Entry before, Entry after) => new(People, KeyOf(before), after, before, Changes(before, after));

    /// <summary>A person goes to the trashbin.</summary>
    public static EntryTrashed Trashed(Entry person) => new(People, KeyOf(person), person);

    /// <summary>A person comes back from the trashbin.</summary>
    public static EntryRecycled Recycled(Entry person) => new(People, KeyOf(person), person);

    /// <summary>A person is gone for good.</summary>
    public static EntryRemoved Removed(Entry person) => new(People, KeyOf(person), person);

    /// <summary>The key of a person.</summary>
    public static EntryKey KeyOf(Entry person)
    {
        ArgumentNullException.ThrowIfNull(person);
        return EntryKey.Of(person["id"]);
    }

    private static AttributeChanges Changes(Entry before, Entry after) => new(
        Entry.Create(after.Where(attribute => !before.ContainsKey(attribute.Key))),
        Entry.Create(after.Where(attribute => before.TryGetValue(attribute.Key, out var old) && old != attribute.Value)),
        [.. before.Keys.Where(name => !after.ContainsKey(name))]);
}
