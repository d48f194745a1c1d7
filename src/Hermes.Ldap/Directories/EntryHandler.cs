using Hermes.Abstractions.Targets;

namespace Hermes.Ldap.Directories;

/// <summary>Applies the changes of a data type whose entries are entries of the directory.</summary>
internal sealed class EntryHandler(EntryStore store, TrashMode trash) : ITypeHandler
{
    /// <inheritdoc/>
    public Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => change switch
    {
        EntryAdded added => store.AddAsync(added.Entry, context, cancellationToken),
        EntryModified modified => store.ChangeAsync(modified, context, cancellationToken),
        EntryTrashed trashed => trash.TrashAsync(trashed.Key, trashed.Entry, context, cancellationToken),
        EntryRecycled recycled => trash.RecycleAsync(recycled.Key, recycled.Becomes, context, cancellationToken),
        EntryRemoved removed => trash.RemoveAsync(removed.Key, removed.Previous, context, cancellationToken),
        _ => throw new NotSupportedException($"The change {change.Kind} is unknown."),
    };

    /// <inheritdoc/>
    public Task<bool> StepAsideAsync(string link, CancellationToken cancellationToken) => store.Names.StepAsideAsync(link, cancellationToken);
}
