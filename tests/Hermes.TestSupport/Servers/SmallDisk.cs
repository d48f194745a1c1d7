using System.Globalization;

namespace Hermes.TestSupport.Servers;

/// <summary>A disk of a few megabytes (a file system in memory) that a test can fill up. Needs root.</summary>
public sealed class SmallDisk : IAsyncDisposable
{
    private readonly string _filler;

    private SmallDisk(string path) => (Path, _filler) = (path, System.IO.Path.Combine(path, "filler"));

    /// <summary>Its folder.</summary>
    public string Path { get; }

    /// <summary>Makes one.</summary>
    public static async Task<SmallDisk> MakeAsync(int megabytes)
    {
        var path = Directory.CreateTempSubdirectory("hermes-disk-").FullName;
        await Programs.RunAsync(new("mount", "-t", "tmpfs", "-o", string.Create(CultureInfo.InvariantCulture, $"size={megabytes}m,mode=700"), "tmpfs", path));
        return new SmallDisk(path);
    }

    /// <summary>Takes all the space that is left.</summary>
    public void Fill()
    {
        using var file = new FileStream(_filler, FileMode.Append);
        foreach (var size in new[] { 65536, 4096 })
        {
            try
            {
                while (true)
                {
                    file.Write(new byte[size]);
                    file.Flush();
                }
            }
            catch (IOException)
            {
                // Full: that is the aim.
            }
        }
    }

    /// <summary>Gives the space back.</summary>
    public void Free() => File.Delete(_filler);

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        await Programs.RunAsync(new("umount", "-l", Path));
        Directory.Delete(Path);
    }

    /// <summary>The program that makes one, or null where it, or the right to use it, is missing.</summary>
    internal static string? Find() => MayMount() ? Programs.Find("mount") : null;

    // Being root is not enough in a container: mounting needs CAP_SYS_ADMIN, which is bit 21 of the capabilities in force.
    private static bool MayMount() =>
        OperatingSystem.IsLinux()
        && File.ReadLines("/proc/self/status").FirstOrDefault(line => line.StartsWith("CapEff:", StringComparison.Ordinal)) is { } line
        && (ulong.Parse(line.AsSpan(7).Trim(), NumberStyles.HexNumber, CultureInfo.InvariantCulture) & (1UL << 21)) != 0;
}
