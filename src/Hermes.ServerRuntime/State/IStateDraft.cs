namespace Hermes.ServerRuntime.State;

/// <summary>The changes of one commit, collected while a poll runs. Disposing it without a commit forgets them.</summary>
public interface IStateDraft : IDisposable
{
    /// <summary>Adds an entry to the cache.</summary>
    /// <returns>The number of the entry, unique in its type.</returns>
    long Insert(string type, in StoredRow row, StagedEvent? staged);

    /// <summary>Replaces a cached entry.</summary>
    void Update(string type, long id, in StoredRow row, StagedEvent? staged);

    /// <summary>Removes an entry from the cache.</summary>
    void Delete(string type, long id, StagedEvent? staged);

    /// <summary>Forgets what was said in this draft about an entry.</summary>
    void Withdraw(string type, long id);

    /// <summary>Drops the cache of a type.</summary>
    void DropType(string type);

    /// <summary>Adds an event that changes no cached entry.</summary>
    void Append(StagedEvent staged);

    /// <summary>Adds a write-back that is due when the last event of a type in this draft has left the outbox.</summary>
    void AppendWriteBack(string type, byte[] writeBack);

    /// <summary>
    /// Stores everything in one transaction. The events get consecutive sequence numbers by <see cref="StagedEvent.Order"/>, and within the
    /// same order as they came. The draft is used up.
    /// </summary>
    /// <returns>The sequence numbers of the events that have a <see cref="StagedEvent.Tag"/>, by tag.</returns>
    IReadOnlyDictionary<long, long> Commit(ServerStateHeader header);
}
