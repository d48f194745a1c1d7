namespace Hermes.Tool.Control;

/// <summary>What was asked of a host was not done; the message says why to who asks.</summary>
internal sealed class ControlException(int exitCode, string message) : Exception(message)
{
    /// <summary>How the program ends.</summary>
    public int ExitCode { get; } = exitCode;
}
