using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Tests.Servers;

/// <summary>Brings changes to a target as the client would: it knows what the target has, and keeps the context up to date.</summary>
internal sealed class TargetDriver(IClientTarget target)
{
    public static readonly TargetType[] Types =
    [
        Type("Users", ["id", "uid", "cn", "sn", "mail", "title", "login", "password", "container", "flags", "employeeNumber"], ["id"]),
        Type("Groups", ["id", "cn", "description", "members"], ["id"]),
        Type("Memberships", ["group_id", "user_id"], ["group_id", "user_id"], ("group_id", "Groups"), ("user_id", "Users")),
        Type("Nestings", ["group_id", "child_id"], ["group_id", "child_id"], ("group_id", "Groups"), ("child_id", "Groups")),
    ];

    public TestTargetContext Context { get; } = new();

    public async Task StartAsync() => await target.StartAsync(Types, CancellationToken.None);

    public async Task AddAsync(string type, Entry entry)
    {
        await ApplyAsync(new EntryAdded(type, KeyOf(type, entry), entry));
        Context.Set(type, KeyOf(type, entry), entry);
    }

    /// <summary>Adds an entry beside others that are being added.</summary>
    public async Task AddWithOwnContextAsync(string type, Entry entry) =>
        await target.ApplyAsync(new EntryAdded(type, KeyOf(type, entry), entry), new TestTargetContext(), CancellationToken.None);

    public async Task ModifyAsync(string type, Entry previous, Entry next)
    {
        await ApplyAsync(Modified(type, previous, next));
        Context.Set(type, KeyOf(type, next), next);
    }

    public async Task TrashAsync(string type, Entry entry)
    {
        await ApplyAsync(new EntryTrashed(type, KeyOf(type, entry), entry));
        Context.Set(type, KeyOf(type, entry), null);
    }

    public async Task RecycleAsync(string type, Entry entry)
    {
        await ApplyAsync(new EntryRecycled(type, KeyOf(type, entry), entry));
        Context.Set(type, KeyOf(type, entry), entry);
    }

    public async Task RemoveAsync(string type, Entry entry)
    {
        await ApplyAsync(new EntryRemoved(type, KeyOf(type, entry), entry));
        Context.Set(type, KeyOf(type, entry), null);
        Context.Unlink(new EntryId(type, KeyOf(type, entry)));
    }

    /// <summary>Applies a change as a new one.</summary>
    public async Task ApplyAsync(TargetChange change)
    {
        Context.Begin(new EntryId(change.Type, change.Key));
        await target.ApplyAsync(change, Context, CancellationToken.None);
    }

    /// <summary>Applies a change again as after a kill: nothing is remembered of it.</summary>
    public async Task RedeliverAsync(TargetChange change)
    {
        Context.BeginAgain(new EntryId(change.Type, change.Key));
        await target.ApplyAsync(change, Context, CancellationToken.None);
    }

    /// <summary>Applies a change again, with the steps that were completed.</summary>
    public async Task RetryAsync(TargetChange change) => await target.ApplyAsync(change, Context, CancellationToken.None);

    public static EntryModified Modified(string type, Entry previous, Entry next)
    {
        var added = next.Where(pair => !previous.ContainsKey(pair.Key));
        var modified = next.Where(pair => previous.TryGetValue(pair.Key, out var value) && value != pair.Value);
        var removed = previous.Keys.Where(name => !next.ContainsKey(name));
        return new(type, KeyOf(type, next), next, previous, new AttributeChanges(Entry.Create(added), Entry.Create(modified), [.. removed]));
    }

    public static EntryKey KeyOf(string type, Entry entry)
    {
        var parts = Types.Single(candidate => candidate.Name == type).Key.Select(entry.Get).ToArray();
        return parts.Length == 1 ? EntryKey.Of(parts[0]) : EntryKey.Of(parts);
    }

    private static TargetType Type(string name, string[] attributes, string[] key, params (string Attribute, string Parent)[] parents) => new(
        name,
        [.. attributes.Order(StringComparer.Ordinal)],
        [.. key],
        name == "Users" ? ["password"] : [],
        parents.ToImmutableDictionary(parent => parent.Attribute, parent => new TargetForeignKey(parent.Parent, "id")));
}
