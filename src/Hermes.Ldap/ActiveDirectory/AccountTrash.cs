using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Ldap.Directories;

namespace Hermes.Ldap.ActiveDirectory;

/// <summary>What becomes of an account when its entry goes to the trashbin, comes back from it, and leaves for good.</summary>
internal abstract class AccountTrash(AccountStore store)
{
    /// <summary>The mode that the options ask for.</summary>
    public static AccountTrash Of(AccountOptions options, AccountStore store) => options.WhenTrashed switch
    {
        WhenAccountTrashed.Keep => new Keep(store),
        WhenAccountTrashed.Delete => new Delete(store),
        _ when options.TrashBase is { } trashBase => new DisableAndMove(store, trashBase),
        _ => new Disable(store),
    };

    /// <summary>The entry goes to the trashbin.</summary>
    public abstract Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken);

    /// <summary>The entry comes back.</summary>
    public virtual Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        store.RestoreAsync(entry, context, cancellationToken);

    /// <summary>The entry leaves for good.</summary>
    public virtual Task RemoveAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        store.Entries.DeleteAsync(entry, context, cancellationToken, store.Layout.DnOf(entry));

    private sealed class Keep(AccountStore store) : AccountTrash(store)
    {
        public override Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Delete(AccountStore store) : AccountTrash(store)
    {
        private readonly AccountStore _store = store;

        public override Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.AddAgainAsync(entry, context, cancellationToken);

        public override Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            RemoveAsync(key, entry, context, cancellationToken);
    }

    private sealed class Disable(AccountStore store) : AccountTrash(store)
    {
        private readonly AccountStore _store = store;

        public override Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.DisableAsync(entry, context, cancellationToken);
    }

    private sealed class DisableAndMove(AccountStore store, string trashBase) : AccountTrash(store)
    {
        private readonly AccountStore _store = store;
        private readonly TrashNames _names = new(store.Layout, trashBase);

        public override async Task TrashAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken)
        {
            await _store.DisableAsync(entry, context, cancellationToken);
            await _store.Entries.MoveToTrashAsync(key, entry, _names, context, cancellationToken);
        }

        public override async Task RecycleAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken)
        {
            await _store.Entries.MoveFromTrashAsync(key, entry, _names, context, cancellationToken);
            await base.RecycleAsync(key, entry, context, cancellationToken);
        }

        public override Task RemoveAsync(EntryKey key, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.Entries.DeleteAsync(
                entry, context, cancellationToken, _names.Own(key, entry), _names.Plain(entry), _store.Layout.DnOf(entry));
    }
}
