namespace Hermes.Http.Scim;

/// <summary>How a PATCH takes members out of a group.</summary>
public enum ScimMemberRemoval
{
    /// <summary>By a path that names the member: <c>members[value eq "2819c223"]</c> (RFC 7644, 3.5.2.2). Default.</summary>
    Path,

    /// <summary>By the path <c>members</c> and a list of values, which is not by the standard, for servers that know nothing else.</summary>
    Values,
}
