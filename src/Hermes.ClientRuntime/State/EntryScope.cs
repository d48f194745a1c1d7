namespace Hermes.ClientRuntime.State;

/// <summary>Which entries of a type are meant.</summary>
public enum EntryScope
{
    /// <summary>All.</summary>
    All,

    /// <summary>Those that lie in the trashbin, by their expected view.</summary>
    Trashed,
}
