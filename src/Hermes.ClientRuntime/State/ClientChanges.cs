namespace Hermes.ClientRuntime.State;

/// <summary>A batch of changes of a client's state. What comes later in a list counts.</summary>
/// <param name="Entries">Entries as they are from now on; one that is gone (<see cref="StoredEntry.IsGone"/>) is deleted.</param>
/// <param name="Queue">Changes of the error queue.</param>
/// <param name="DeadLetters">Messages to be set aside, each in place of one of the same offset.</param>
public sealed record ClientChanges(IReadOnlyList<TableEntry> Entries, IReadOnlyList<QueueChange> Queue, IReadOnlyList<DeadLetter> DeadLetters)
{
    /// <summary>Changes of the references of local entries.</summary>
    public IReadOnlyList<ReferenceChange> References { get; init; } = [];
}
