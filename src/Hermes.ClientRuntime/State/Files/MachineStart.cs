using System.IO.Hashing;

namespace Hermes.ClientRuntime.State.Files;

/// <summary>Tells one start of the machine from another: what was never flushed to a disk has survived if it is the same, and may not have if it is not.</summary>
internal static class MachineStart
{
    private const string LinuxId = "/proc/sys/kernel/random/boot_id";

    // Elsewhere it is when the machine started, to the minute. A clock that is put right makes another one of it, which only lets what has survived pass for lost.
    public static long Number { get; } = File.Exists(LinuxId)
        ? (long)XxHash3.HashToUInt64(File.ReadAllBytes(LinuxId))
        : (TimeProvider.System.GetUtcNow() - TimeSpan.FromMilliseconds(Environment.TickCount64)).ToUnixTimeSeconds() / 60;
}
