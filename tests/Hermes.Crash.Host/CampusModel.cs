namespace Hermes.Crash.Host;

/// <summary>The data model of a server or a client: a restart may come with another one.</summary>
internal enum CampusModel
{
    /// <summary>Groups, users, memberships.</summary>
    Plain,

    /// <summary>Users have one attribute more.</summary>
    WithNickname,

    /// <summary>No memberships.</summary>
    WithoutMemberships,
}
