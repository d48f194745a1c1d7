namespace Hermes.Diff.Model;

/// <summary>What the keys of a source must have to do with the keys of the sources before it. For the second source of a type on.</summary>
public enum KeyMergeConstraint
{
    /// <summary>Nothing: unknown keys are added, known ones merged.</summary>
    None,

    /// <summary>An entry whose key is there already is dropped; the earlier source's entry stays.</summary>
    MustNotExist,

    /// <summary>An entry whose key is not there yet is dropped.</summary>
    MustAlreadyExist,

    /// <summary>Entries whose key is missing on either side are dropped on both.</summary>
    MustExistInBoth,
}
