using System.ComponentModel.DataAnnotations;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>
/// A SCIM 2.0 service as target. What is not set here is asked of the server once (<c>ServiceProviderConfig</c>); what is set counts, whatever the server says.
/// </summary>
public sealed class ScimTargetOptions : HttpConnectionOptions
{
    /// <summary>The data types whose entries become resources, by their names.</summary>
    public IDictionary<string, ScimTypeOptions> Resources { get; } = new Dictionary<string, ScimTypeOptions>(StringComparer.Ordinal);

    /// <summary>The data types whose entries become members of groups, by their names.</summary>
    public IDictionary<string, ScimMembershipOptions> Memberships { get; } = new Dictionary<string, ScimMembershipOptions>(StringComparer.Ordinal);

    /// <summary>How a resource is changed. Default: as the server says.</summary>
    public ScimUpdate Update { get; set; } = ScimUpdate.Discover;

    /// <summary>How resources are looked for that no link leads to. Default: as the server says.</summary>
    public ScimFilter Search { get; set; } = ScimFilter.Discover;

    /// <summary>Whether true and false are written as the texts <c>True</c> and <c>False</c>, for servers that refuse the real ones. Both are understood. Default: false.</summary>
    public bool BooleansAsText { get; set; }

    /// <summary>How many members of a group are added or removed in one PATCH. Halved for those that a server refuses. Default: 100.</summary>
    [Range(1, 10000)]
    public int MembersPerRequest { get; set; } = 100;

    /// <summary>How a PATCH takes members out of a group. Default: by a path that names the member.</summary>
    public ScimMemberRemoval MemberRemoval { get; set; } = ScimMemberRemoval.Path;

    /// <summary>How many resources a page has. A server may give fewer. Default: 100.</summary>
    [Range(2, 10000)]
    public int PageSize { get; set; } = 100;
}
