namespace Hermes.Abstractions.Targets;

/// <summary>
/// Handles the changes of one data type as records of the user's own. Attributes are bound by name when the client starts;
/// what cannot be bound is an error then. Write the methods that are needed: a kind that is not overridden is accepted silently.
/// </summary>
/// <typeparam name="TRecord">The record: its constructor parameters or settable properties are attributes of the type.</typeparam>
public interface ITargetHandler<TRecord>
    where TRecord : class
{
    /// <summary>A new entry.</summary>
    ValueTask AddedAsync(TRecord entry, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>An entry came back from the trashbin, as it was when it went there.</summary>
    ValueTask RecycledAsync(TRecord entry, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Attributes of an entry changed.</summary>
    ValueTask ModifiedAsync(TRecord entry, TRecord previous, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>An entry went to the trashbin.</summary>
    ValueTask TrashedAsync(TRecord entry, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>An entry is gone for good.</summary>
    ValueTask RemovedAsync(TRecord previous, TargetContext context, CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
