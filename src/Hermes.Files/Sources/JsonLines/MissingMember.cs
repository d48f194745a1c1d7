namespace Hermes.Files.Sources.JsonLines;

/// <summary>What it means that an object lacks a member that the mapping reads.</summary>
public enum MissingMember
{
    /// <summary>An error: a member that is not set must be there as null. Default.</summary>
    Error,

    /// <summary>The attribute is not set.</summary>
    NotSet,
}
