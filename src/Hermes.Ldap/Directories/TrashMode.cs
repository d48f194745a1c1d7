using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>What becomes of an entry when it goes to the trashbin, comes back from it, and leaves for good.</summary>
internal abstract class TrashMode(EntryStore store)
{
    /// <summary>The mode that the options ask for.</summary>
    public static TrashMode Of(DirectoryEntryOptions options, EntryStore store) => options.WhenTrashed == WhenTrashed.Lock
        ? new Lock(store, options.LockAttributes)
        : Of(options.WhenTrashed, options.TrashBase, store);

    /// <summary>A mode without attributes of its own.</summary>
    public static TrashMode Of(WhenTrashed mode, string? trashBase, EntryStore store) => mode switch
    {
        WhenTrashed.Keep => new Keep(store),
        WhenTrashed.Move => new Move(store, trashBase!),
        _ => new Delete(store),
    };

    /// <summary>The entry goes to the trashbin.</summary>
    public abstract Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken);

    /// <summary>The entry comes back.</summary>
    public virtual Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        store.RestoreAsync(entry, [], context, cancellationToken);

    /// <summary>The entry leaves for good, from the trashbin or without having been there.</summary>
    public virtual Task RemoveAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        store.DeleteAsync(entry, context, cancellationToken, store.Layout.DnOf(entry));

    private sealed class Delete(EntryStore store) : TrashMode(store)
    {
        private readonly EntryStore _store = store;

        public override Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.AddAgainAsync(entry, context, cancellationToken);

        public override Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            RemoveAsync(key, entry, context, cancellationToken);
    }

    private sealed class Keep(EntryStore store) : TrashMode(store)
    {
        public override Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Lock(EntryStore store, IDictionary<string, IList<string>> attributes) : TrashMode(store)
    {
        private readonly EntryStore _store = store;
        private readonly Dictionary<string, ValueList> _lock =
            attributes.ToDictionary(pair => pair.Key, pair => ValueList.Create(pair.Value.Select(Value.From)), StringComparer.OrdinalIgnoreCase);

        public override Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.ReplaceAsync("lock-entry", entry, _lock, context, cancellationToken);

        public override Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.RestoreAsync(entry, _lock.Keys, context, cancellationToken);
    }

    private sealed class Move(EntryStore store, string trashBase) : TrashMode(store)
    {
        private readonly EntryStore _store = store;
        private readonly TrashNames _names = new(store.Layout, trashBase);

        public override async Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken)
        {
            // Before the move, since servers that correct references themselves would take them along.
            await _store.ForgetAsync(entry, context, cancellationToken);
            await _store.MoveToTrashAsync(key, entry, _names, context, cancellationToken);
        }

        public override async Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken)
        {
            await _store.MoveFromTrashAsync(key, entry, _names, context, cancellationToken);
            await base.RecycleAsync(key, entry, context, cancellationToken);
        }

        public override Task RemoveAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.DeleteAsync(entry, context, cancellationToken, _names.Own(key, entry), _names.Plain(entry), _store.Layout.DnOf(entry));
    }
}
