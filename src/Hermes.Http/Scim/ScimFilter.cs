namespace Hermes.Http.Scim;

/// <summary>How resources are looked for that no link leads to.</summary>
public enum ScimFilter
{
    /// <summary>As the server's <c>ServiceProviderConfig</c> says; by filter if it says nothing. Default.</summary>
    Discover,

    /// <summary>The server is asked by <c>filter=</c>.</summary>
    Filter,

    /// <summary>All resources are read, and compared here.</summary>
    List,
}
