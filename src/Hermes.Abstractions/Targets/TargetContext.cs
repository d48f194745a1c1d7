using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>What a target gets along with a change.</summary>
public abstract class TargetContext
{
    /// <summary>Whether this change may have been applied before, wholly or in part, because the process ended before its success was stored.</summary>
    public abstract bool IsRedelivery { get; }

    /// <summary>Which attempt this is, from 1.</summary>
    public abstract int Attempt { get; }

    /// <summary>
    /// Runs a step that changes the target, unless it was completed in an earlier attempt. Once it has completed, the change counts as
    /// partially processed: it is never merged with later ones by auto-remediation.
    /// </summary>
    /// <param name="name">The name of the step, unique within the change.</param>
    /// <param name="work">The work.</param>
    /// <param name="cancellationToken">Passed to the work.</param>
    public abstract ValueTask StepAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken);

    /// <summary>As <see cref="StepAsync"/>, for a step that changes nothing on the target, such as a check or a reservation that expires.</summary>
    public abstract ValueTask PrepareAsync(string name, Func<CancellationToken, ValueTask> work, CancellationToken cancellationToken);

    /// <summary>An entry of this client as the target has it, or null: to look up what a change refers to, such as the user of a membership.</summary>
    public abstract ValueTask<Entry?> FindAsync(string type, EntryKey key, CancellationToken cancellationToken);

    /// <summary>All entries of a type as the target has them, in the order in which they were added.</summary>
    public abstract IAsyncEnumerable<KeyValuePair<EntryKey, Entry>> ListAsync(string type, CancellationToken cancellationToken);
}
