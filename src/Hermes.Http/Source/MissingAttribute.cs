namespace Hermes.Http.Source;

/// <summary>What it means that an item lacks an attribute that the mapping reads.</summary>
public enum MissingAttribute
{
    /// <summary>An error: an attribute that is not set must be there as null. Default.</summary>
    Error,

    /// <summary>The attribute is not set.</summary>
    NotSet,
}
