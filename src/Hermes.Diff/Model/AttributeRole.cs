namespace Hermes.Diff.Model;

/// <summary>Where the values of an attribute go.</summary>
internal enum AttributeRole
{
    /// <summary>Cached, compared and sent.</summary>
    Sent,

    /// <summary>Sent, and never written anywhere else.</summary>
    Secret,

    /// <summary>Cached, neither compared nor sent.</summary>
    CacheOnly,

    /// <summary>Neither cached, compared nor sent: for templates only.</summary>
    Local,
}
