using System.Runtime.CompilerServices;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.References;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>
/// Lets handlers look at the entries that the target has. Handlers may run at the same time, and the client waits for them meanwhile: the
/// state is used by one of them at a time.
/// </summary>
internal sealed class EntryLookup(WorkingSet work) : IDisposable
{
    private const int PageSize = 500;

    private readonly SemaphoreSlim _gate = new(1);

    /// <summary>Which attributes refer.</summary>
    public ReferenceMap References => work.References.Map;

    /// <summary>Those of some entries of a type that the target does not have.</summary>
    public async ValueTask<IReadOnlySet<EntryKey>> FindAbsentAsync(string type, IReadOnlyList<EntryKey> keys, CancellationToken cancellationToken)
    {
        if (keys.Count == 0)
            return new HashSet<EntryKey>();
        var found = await AloneAsync(() => work.FindAllAsync(EntryTable.Local(type), keys, cancellationToken), cancellationToken);
        return found.Where(entry => entry.Applied is not { IsTrashed: false }).Select(entry => entry.Key).ToHashSet();
    }

    /// <summary>What an attribute of an entry refers to.</summary>
    /// <exception cref="ArgumentException">It is no reference.</exception>
    public async ValueTask<IReadOnlyList<ReferencedEntry>> FindReferencesAsync(string type, Entry entry, string attribute, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(entry);
        if (!References.Of(type).TryGetValue(attribute, out var reference))
            throw new ArgumentException($"The attribute '{attribute}' of {type} is no reference. Say so in the client's data model, by References.", nameof(attribute));
        var keys = reference.KeysOf(entry.Get(attribute));
        var found = await AloneAsync(() => work.FindAllAsync(EntryTable.Local(reference.Type), keys, cancellationToken), cancellationToken);
        return [.. found.Select(stored => new ReferencedEntry(new EntryId(reference.Type, stored.Key), stored.Link))];
    }

    public async ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken) =>
        (await AloneAsync(() => work.FindAsync(AddressOf(new EntryId(type, key)), cancellationToken), cancellationToken)).Applied is { IsTrashed: false } live
            ? live.Entry
            : null;

    public async ValueTask<string?> FindLinkAsync(EntryId id, CancellationToken cancellationToken) =>
        (await AloneAsync(() => work.FindAsync(AddressOf(id), cancellationToken), cancellationToken)).Link;

    public ValueTask<EntryId?> FindOwnerAsync(string link, CancellationToken cancellationToken)
    {
        ArgumentException.ThrowIfNullOrEmpty(link);
        return AloneAsync(() => OwnerAsync(link, cancellationToken), cancellationToken);
    }

    /// <summary>Links an entry with an object, unless that is another entry's.</summary>
    /// <returns>The other entry; null if it is linked.</returns>
    public ValueTask<EntryId?> LinkAsync(EntryId id, string link, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            if (await OwnerAsync(link, cancellationToken) is { } owner && owner != id)
                return (EntryId?)owner;
            var address = AddressOf(id);
            work.Put(address.Table, await work.FindAsync(address, cancellationToken) with { Link = link });
            return null;
        },
        cancellationToken);

    public async IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        long after = 0;
        IReadOnlyList<NumberedEntry> page;
        do
        {
            page = await ReadPageAsync(type, after, cancellationToken);
            foreach (var (number, entry) in page)
            {
                cancellationToken.ThrowIfCancellationRequested();
                after = number;
                if (entry.Applied is { IsTrashed: false } live)
                    yield return new(entry.Key, live.Entry);
            }
        }
        while (page.Count == PageSize);
    }

    public void Dispose() => _gate.Dispose();

    private ValueTask<IReadOnlyList<NumberedEntry>> ReadPageAsync(string type, long after, CancellationToken cancellationToken) => AloneAsync(
        async () =>
        {
            await work.WriteAsync();
            return await work.State.ReadAsync(EntryTable.Local(type), EntryScope.All, after, PageSize, cancellationToken);
        },
        cancellationToken);

    private async ValueTask<EntryId?> OwnerAsync(string link, CancellationToken cancellationToken)
    {
        await work.WriteAsync();
        return await work.State.FindLinkedAsync([link], cancellationToken) is [var owner] ? new EntryId(owner.Table.Type, owner.Row.Entry.Key) : null;
    }

    private async ValueTask<T> AloneAsync<T>(Func<ValueTask<T>> use, CancellationToken cancellationToken)
    {
        await _gate.WaitAsync(cancellationToken);
        try
        {
            return await use();
        }
        finally
        {
            _gate.Release();
        }
    }

    private static EntryAddress AddressOf(EntryId id) => new(EntryTable.Local(id.Type), id.Key);
}
