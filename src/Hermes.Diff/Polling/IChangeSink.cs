using Hermes.Diff.Diffing;
using Hermes.Diff.Model;

namespace Hermes.Diff.Polling;

/// <summary>
/// Receives what a poll finds, while it runs and before it is known to succeed: stage it, and use it when <see cref="Poll.Finish"/> has
/// returned. What an argument holds is valid during the call only, unless it is an object of its own (entries, changes).
/// </summary>
public interface IChangeSink
{
    /// <summary>An entry that is not cached.</summary>
    /// <returns>The id under which the store will keep it, unique within the type and other than those in use.</returns>
    long Added(in AddedEntry entry);

    /// <summary>A cached entry that differs in what is sent.</summary>
    void Modified(in ModifiedEntry entry);

    /// <summary>A cached entry that differs only in what is cached: nothing is sent.</summary>
    void Refreshed(in RefreshedEntry entry);

    /// <summary>A cached entry that is no longer there. Called while <see cref="Poll.Finish"/> runs.</summary>
    void Removed(in RemovedEntry entry);

    /// <summary>Takes back what was reported of an entry before in this poll: its key turned out to stand twice in the source.</summary>
    void Withdraw(DataType type, KeyHash keyHash, long id);
}
