using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>What a client keeps in step with the sources. Only <see cref="ApplyAsync"/> must be written.</summary>
public interface IClientTarget
{
    /// <summary>Applies one change. Called in order; again (see <see cref="TargetContext.IsRedelivery"/>) if the process ended before its success was stored.</summary>
    /// <param name="change">What changed: switch over its type. Copies that may be kept.</param>
    /// <param name="context">Steps, earlier attempts, and the entries that the target has.</param>
    /// <param name="cancellationToken">The client stops, or the time limit of the target is over.</param>
    /// <exception cref="Exception">Any exception puts the change into the error queue; it is tried again later.</exception>
    ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken);

    /// <summary>Whether this target wants changes of this type and kind; what it does not want is accepted silently. Asked once, at start. Default: all.</summary>
    bool Handles(string type, TargetChangeKind kind) => true;

    /// <summary>
    /// Called before the first change, with the client's data types, and again, while no change is on its way, whenever more or something else is known of them: when the
    /// server's schema has changed, and when the client has begun anew. Types that the client no longer has are among them, behind the others: entries of them may still
    /// have to be removed, and settings of the target may still name them. Default: nothing.
    /// </summary>
    ValueTask StartAsync(IReadOnlyList<TargetType> types, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>
    /// Gives the object of an entry a temporary name that cannot be mistaken, or whatever else it is that another entry needs of it: because it lies in the trashbin, or because
    /// the two wait for each other, as when logins are swapped. Of a live one, its own change follows. Called again after a kill.
    /// </summary>
    /// <param name="entry">The entry whose object is in the way.</param>
    /// <param name="link">The link of the object.</param>
    /// <param name="cancellationToken">The client stops, or the time limit of the target is over.</param>
    /// <returns>Whether it stepped aside. Default: false, this target cannot.</returns>
    ValueTask<bool> StepAsideAsync(EntryId entry, string link, CancellationToken cancellationToken) => new(false);

    /// <summary>
    /// Called when a change of the server's schema gave the entries of a type other keys, before any change is told by them, so that what is stored by key
    /// can follow. Called again, with the same entries, if it failed or the process ended: doing it twice must do no harm. Default: nothing.
    /// </summary>
    /// <param name="type">The type as it is now.</param>
    /// <param name="entries">
    /// The entries that the target has, those in the trashbin included. The former key of one may be the new key of another.
    /// </param>
    /// <param name="cancellationToken">The client stops, or the time limit of the target is over.</param>
    ValueTask RekeyedAsync(TargetType type, IReadOnlyList<EntryRekeyed> entries, CancellationToken cancellationToken) => ValueTask.CompletedTask;

    /// <summary>Called when state was saved and nothing more waits. Default: nothing.</summary>
    ValueTask SavedAsync(CancellationToken cancellationToken) => ValueTask.CompletedTask;
}
