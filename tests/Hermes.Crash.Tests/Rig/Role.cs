using Hermes.Crash.Host;

namespace Hermes.Crash.Tests.Rig;

/// <summary>Which process of the rig.</summary>
internal enum Role
{
    Server,
    Client,
    Changer,

    /// <summary>A client that comes when all is over, with a state of its own.</summary>
    Newcomer,

    /// <summary>A server of another name, with a source of its own, on the same bus.</summary>
    Stranger,

    /// <summary>A server with a copy of the server's state.</summary>
    Twin,
}

internal static class RoleFolders
{
    /// <summary>The name that the processes of a role call themselves by.</summary>
    public static string Word(this Role role) => role.ToString().ToLowerInvariant();

    /// <summary>The files as a role sees them.</summary>
    public static RigFolder FolderIn(this Role role, RigFolder folder) => folder with { Client = role.Word() };
}
