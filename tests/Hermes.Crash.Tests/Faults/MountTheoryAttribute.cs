using System.Globalization;

namespace Hermes.Crash.Tests.Faults;

/// <summary>A test that mounts a disk. Skipped where that is not allowed; in continuous integration it fails there.</summary>
[AttributeUsage(AttributeTargets.Method)]
public sealed class MountTheoryAttribute : TheoryAttribute
{
    // Being root is not enough in a container: mounting needs CAP_SYS_ADMIN.
    private const int SysAdmin = 21;

    public MountTheoryAttribute()
    {
        if (!MayMount() && Environment.GetEnvironmentVariable("CI") != "true")
            Skip = "Needs Linux and the right to mount a file system.";
    }

    private static bool MayMount() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << SysAdmin)) != 0;
}
