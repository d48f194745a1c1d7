namespace Hermes.Diff.Templates;

/// <summary>The names of the variables that templates of the server see.</summary>
internal static class TemplateVariables
{
    /// <summary>The entry that a constraint judges, or that is shown.</summary>
    public const string Self = "_SELF";

    /// <summary>The remote names that the mapping uses; for operations.</summary>
    public const string RemoteAttributes = "REMOTE_ATTRIBUTES";

    /// <summary>The cached entries of the type; for fetch and commitAll.</summary>
    public const string CachedValues = "CACHED_VALUES";

    /// <summary>The fetched entries of the type; for commitAll.</summary>
    public const string FetchedValues = "FETCHED_VALUES";

    /// <summary>The cached entry; for mappings and commitOne.</summary>
    public const string ItemCachedValues = "ITEM_CACHED_VALUES";

    /// <summary>The fetched entry; for commitOne.</summary>
    public const string ItemFetchedValues = "ITEM_FETCHED_VALUES";

    /// <summary>What follows the name of a type or source when its keys are meant.</summary>
    public const string KeysSuffix = "_pkeys";

    internal static bool IsReserved(string name) =>
        name is Self or RemoteAttributes or CachedValues or FetchedValues or ItemCachedValues or ItemFetchedValues;
}
