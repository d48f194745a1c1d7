using System.CommandLine;

namespace Hermes.Tool.Control;

/// <summary>The option that says why something is done.</summary>
internal static class Reason
{
    /// <summary>For what must not be done without a reason.</summary>
    public static Option<string> Required() => new("--reason") { Description = "Why, for the log.", HelpName = "TEXT", Required = true };

    /// <summary>For what does no harm.</summary>
    public static Option<string> Optional() => new("--reason") { Description = "Why, for the log.", HelpName = "TEXT", DefaultValueFactory = _ => "asked for on the command line" };
}
