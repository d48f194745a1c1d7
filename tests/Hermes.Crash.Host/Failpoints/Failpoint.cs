using System.Diagnostics;
using System.Globalization;

namespace Hermes.Crash.Host.Failpoints;

/// <summary>A place at which this process kills itself, if the environment says so: <c>HERMES_CRASH_AT=name:n</c> at the n-th time it comes by.</summary>
internal static class Failpoint
{
    public const string Variable = "HERMES_CRASH_AT";

    private static readonly (string Name, int Hit)? Armed = Parse(Environment.GetEnvironmentVariable(Variable));
    private static int _hits;

    public static bool IsArmed(string name) => Armed is { } armed && armed.Name == name;

    public static void Hit(string name)
    {
        if (IsArmed(name) && Interlocked.Increment(ref _hits) == Armed!.Value.Hit)
            Die();
    }

    // SIGKILL: nothing is flushed, no finally block runs, no exit handler is called.
    private static void Die()
    {
        using var self = Process.GetCurrentProcess();
        self.Kill();
    }

    private static (string, int)? Parse(string? text)
    {
        if (string.IsNullOrEmpty(text))
            return null;
        var colon = text.LastIndexOf(':');
        return (text[..colon], int.Parse(text[(colon + 1)..], CultureInfo.InvariantCulture));
    }
}
