namespace Hermes.Http.Scim;

/// <summary>How a resource is changed.</summary>
public enum ScimUpdate
{
    /// <summary>As the server's <c>ServiceProviderConfig</c> says; by PATCH if it says nothing. Default.</summary>
    Discover,

    /// <summary>By PATCH, with nothing but what changed.</summary>
    Patch,

    /// <summary>By PUT, with all of the resource as it was read a moment before, and what changed.</summary>
    Put,
}
