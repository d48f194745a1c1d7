using System.Diagnostics;

namespace Hermes.TestSupport.Servers;

/// <summary>A command line of a server or one of its tools.</summary>
/// <param name="Program">The path of the program.</param>
/// <param name="Arguments">Its arguments, each as one string; no shell reads them.</param>
public sealed record ServerCommand(string Program, params IReadOnlyList<string> Arguments)
{
    /// <summary>Environment variables beside those of the tests.</summary>
    public IReadOnlyDictionary<string, string> Environment { get; init; } = new Dictionary<string, string>();

    /// <summary>The working folder; null for that of the tests.</summary>
    public string? WorkingDirectory { get; init; }

    /// <summary>The user to run it as when the tests run as root, for servers that refuse root (PostgreSQL, MariaDB).</summary>
    public string? InsteadOfRoot { get; init; }

    /// <inheritdoc/>
    public override string ToString() => string.Join(' ', Arguments.Prepend(Program));

    internal ProcessStartInfo ToStartInfo(params ReadOnlySpan<string> prefix)
    {
        List<string> words = [.. prefix];
        if (InsteadOfRoot is { } user && System.Environment.IsPrivilegedProcess)
            words.AddRange([Programs.Find("setpriv") ?? "setpriv", $"--reuid={user}", "--regid=" + (user == "nobody" ? "nogroup" : user), "--clear-groups"]);
        words.Add(Program);
        words.AddRange(Arguments);

        var start = new ProcessStartInfo(words[0], words.Skip(1)) { UseShellExecute = false, WorkingDirectory = WorkingDirectory ?? "" };
        foreach (var (name, value) in Environment)
            start.Environment[name] = value;
        return start;
    }
}
