namespace Hermes.AspNetCore.Security;

/// <summary>What somebody must be allowed to for a route.</summary>
internal enum Access
{
    /// <summary>To look.</summary>
    Read,

    /// <summary>To let servers and clients do something.</summary>
    Operate,

    /// <summary>To decide about removals, about what differs in a target, and about links.</summary>
    Approve,
}
