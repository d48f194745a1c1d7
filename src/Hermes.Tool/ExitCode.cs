namespace Hermes.Tool;

/// <summary>How the program ends. The numbers from 64 on are those of sysexits.h, which units and scripts know.</summary>
internal static class ExitCode
{
    /// <summary>All is well; a host was stopped as asked.</summary>
    public const int Done = 0;

    /// <summary>It could not do what was asked, or broke off.</summary>
    public const int Failed = 1;

    /// <summary>The command line is wrong.</summary>
    public const int Usage = 64;

    /// <summary>The configuration is wrong. To start again changes nothing.</summary>
    public const int Configuration = 78;
}
