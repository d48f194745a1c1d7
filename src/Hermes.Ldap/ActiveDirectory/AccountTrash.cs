using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

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
    public abstract Task TrashAsync(Entry entry, TargetContext context, CancellationToken cancellationToken);

    /// <summary>The entry comes back.</summary>
    public virtual Task RecycleAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        store.PutAsync(entry, context, cancellationToken);

    /// <summary>The entry leaves for good.</summary>
    public virtual Task RemoveAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        store.Entries.DeleteAsync(entry, context, cancellationToken, store.Layout.DnOf(entry));

    private sealed class Keep(AccountStore store) : AccountTrash(store)
    {
        public override Task TrashAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) => Task.CompletedTask;
    }

    private sealed class Delete(AccountStore store) : AccountTrash(store)
    {
        public override Task TrashAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            RemoveAsync(entry, context, cancellationToken);
    }

    private sealed class Disable(AccountStore store) : AccountTrash(store)
    {
        private readonly AccountStore _store = store;

        public override Task TrashAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.DisableAsync(_store.Layout.DnOf(entry), context, cancellationToken);
    }

    private sealed class DisableAndMove(AccountStore store, string trashBase) : AccountTrash(store)
    {
        private readonly AccountStore _store = store;

        public override async Task TrashAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
        {
            await _store.DisableAsync(_store.Layout.DnOf(entry), context, cancellationToken);
            await _store.Entries.MoveAsync("move-to-trash", _store.Layout.DnOf(entry), Trashed(entry), context, cancellationToken);
        }

        public override async Task RecycleAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
        {
            await _store.Entries.MoveAsync("move-from-trash", Trashed(entry), _store.Layout.DnOf(entry), context, cancellationToken);
            await base.RecycleAsync(entry, context, cancellationToken);
        }

        public override Task RemoveAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
            _store.Entries.DeleteAsync(entry, context, cancellationToken, Trashed(entry), _store.Layout.DnOf(entry));

        private string Trashed(Entry entry) => _store.Layout.DnBelow(entry, trashBase);
    }
}
