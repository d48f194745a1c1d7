namespace Hermes.Diff.Model;

/// <summary>What happens when two sources set the same attribute of an entry to different values. It is reported in any case.</summary>
public enum MergeConflictPolicy
{
    /// <summary>The entry stays as it is cached until the conflict is solved; an entry that is not cached is left out.</summary>
    UseCachedEntry,

    /// <summary>The value of the earlier source counts.</summary>
    KeepFirstValue,
}
