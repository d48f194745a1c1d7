using System.Globalization;

namespace Hermes.TestSupport.Servers;

/// <summary>What Linux tells of the processes of a group. Format: the manual page proc(5), <c>/proc/pid/stat</c>.</summary>
internal static class ProcessGroup
{
    /// <summary>Whether all threads of all processes of a group are stopped by a signal.</summary>
    public static bool IsStopped(int group) => Directory.EnumerateDirectories("/proc")
        .Where(folder => int.TryParse(Path.GetFileName(folder), CultureInfo.InvariantCulture, out _) && Read(folder) is { } process && process.Group == group)
        .All(folder => Directory.EnumerateDirectories(Path.Combine(folder, "task")).All(task => Read(task) is not { State: not ('T' or 'Z') }));

    // The name before the state is in parentheses, and may hold anything. Null if the process has ended.
    private static (char State, int Group)? Read(string folder)
    {
        try
        {
            var text = File.ReadAllText(Path.Combine(folder, "stat"));
            var fields = text[(text.LastIndexOf(')') + 2)..].Split(' ');
            return (fields[0][0], int.Parse(fields[2], CultureInfo.InvariantCulture));
        }
        catch (IOException)
        {
            return null;
        }
    }
}
