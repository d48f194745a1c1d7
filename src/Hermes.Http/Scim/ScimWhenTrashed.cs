namespace Hermes.Http.Scim;

/// <summary>What becomes of a resource while its entry is in the client's trashbin.</summary>
public enum ScimWhenTrashed
{
    /// <summary>It gets <c>active: false</c>, and <c>true</c> again if it comes back.</summary>
    Deactivate,

    /// <summary>It is deleted, and made anew if it comes back.</summary>
    Delete,

    /// <summary>It stays as it is.</summary>
    Keep,
}
