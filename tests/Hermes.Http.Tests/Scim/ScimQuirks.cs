namespace Hermes.Http.Tests.Scim;

/// <summary>What a SCIM server does in a way of its own. Default: all by the standard.</summary>
internal sealed record ScimQuirks
{
    /// <summary>Servers that take members in a way of their own, by name.</summary>
    public static ScimQuirks Of(string kind) => kind switch
    {
        "put" => new() { Patch = false, Filter = false },
        "versions" => new() { Patch = false, ETags = true, SlashesInIds = true },
        "values" => new() { IgnoresRemovalByPath = true },
        "small" => new() { MostMembers = 1, SlashesInIds = true },
        _ => new(),
    };

    /// <summary>Whether there is a <c>ServiceProviderConfig</c>.</summary>
    public bool Discovery { get; init; } = true;

    public bool Patch { get; init; } = true;

    public bool Filter { get; init; } = true;

    /// <summary>Whether a filter is answered as if there was none.</summary>
    public bool IgnoresFilter { get; init; }

    /// <summary>Whether a filter tells upper from lower case, where uniqueness does not.</summary>
    public bool FilterByCase { get; init; }

    /// <summary>The scimType of a 409; null for none, and for no body either.</summary>
    public string? ConflictType { get; init; } = "uniqueness";

    /// <summary>Whether true and false must be texts.</summary>
    public bool BooleansAsText { get; init; }

    public bool SlashesInIds { get; init; }

    /// <summary>How many members a PATCH may change.</summary>
    public int MostMembers { get; init; } = int.MaxValue;

    /// <summary>Whether a remove by filter path is accepted and does nothing.</summary>
    public bool IgnoresRemovalByPath { get; init; }

    /// <summary>Whether a member that is unknown is refused.</summary>
    public bool ChecksMembers { get; init; }

    public bool ETags { get; init; }

    public int MostPerPage { get; init; } = 50;

    /// <summary>Whether names of groups are unique.</summary>
    public bool UniqueGroups { get; init; }
}
