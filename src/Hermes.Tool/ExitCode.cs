namespace Hermes.Tool;

/// <summary>How the program ends. The numbers from 64 on are those of sysexits.h, which units and scripts know.</summary>
internal static class ExitCode
{
    /// <summary>All is well; a host was stopped as asked.</summary>
    public const int Done = 0;

    /// <summary>It could not do what was asked, or broke off.</summary>
    public const int Failed = 1;

    /// <summary>There is something: a poll would send changes, a target differs from what it was given.</summary>
    public const int Changes = 2;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>What is asked for is not there: a server, a client, an entry, an event, a set of removals.</summary>
    public const int NotFound = 66;

    /// <summary>No host answers.</summary>
    public const int Unreachable = 69;

    /// <summary>It cannot be done now, such as a poll while paused, or a decision about a set that has changed.</summary>
    public const int NotNow = 75;

    /// <summary>The host does not let in who asks.</summary>
    public const int NotAllowed = 77;

    /// <summary>The configuration is wrong. To start again changes nothing.</summary>
    public const int Configuration = 78;
}
