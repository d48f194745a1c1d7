using System.Globalization;
using System.Runtime.InteropServices;

namespace Hermes.TestSupport.Servers;

/// <summary>Processes by their ids: those that a PostgreSQL server starts, one for each session among them, and others that a test freezes.</summary>
public static class SessionProcesses
{
    private const int SigKill = 9;
    private const int SigContinue = 18;
    private const int SigStop = 19;
    private static readonly TimeSpan Bound = TimeSpan.FromSeconds(20);

    /// <summary>Those of a server.</summary>
    public static IReadOnlyList<int> Of(int server) =>
    [
        .. File.ReadAllText($"/proc/{server}/task/{server}/children").Split(' ', StringSplitOptions.RemoveEmptyEntries)
            .Select(id => int.Parse(id, CultureInfo.InvariantCulture)),
    ];

    public static void Freeze(IReadOnlyList<int> processes)
    {
        foreach (var process in processes)
            _ = Signal(process, SigStop);
        if (!SpinWait.SpinUntil(() => processes.All(process => StateOf(process) is 'T' or 'Z' or null), Bound))
            throw new InvalidOperationException("The sessions did not stop.");
    }

    public static void Thaw(IReadOnlyList<int> processes)
    {
        foreach (var process in processes)
            _ = Signal(process, SigContinue);
    }

    public static async Task KillAsync(IReadOnlyList<int> processes)
    {
        foreach (var process in processes)
            _ = Signal(process, SigKill);
        await Polling.UntilAsync(_ => Task.FromResult(processes.All(process => StateOf(process) is 'Z' or null)), Bound, "the sessions to be gone");
    }

    // The letter after the name of the program, which stands in parentheses; null when there is no such process.
    private static char? StateOf(int process)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{process}/stat");
            return stat[stat.LastIndexOf(')') + 2];
        }
        catch (IOException)
        {
            return null;
        }
    }

    [DllImport("libc", EntryPoint = "kill", SetLastError = true)]
    private static extern int Signal(int process, int signal);
}
