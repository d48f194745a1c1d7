namespace Hermes.Crash.Host;

/// <summary>What the client of a campus keeps in step.</summary>
internal enum CampusTarget
{
    /// <summary>The rig's own: a journal, of which each call is three steps.</summary>
    Journal,

    /// <summary>The table target, on a SQLite file whose foreign keys refuse what comes in the wrong order.</summary>
    Table,

    /// <summary>The folder target, with the secrets in its files.</summary>
    Folder,

    /// <summary>The directory target, on an OpenLDAP server that lives on; memberships are members of the groups.</summary>
    Directory,
}
