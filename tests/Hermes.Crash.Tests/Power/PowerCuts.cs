using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Power;

/// <summary>
/// Cuts the power of the machine that states and bus are on, or of that of the client alone, after its processes were killed: of each file, only what was flushed is left.
/// The target is elsewhere and loses nothing.
/// </summary>
internal sealed class PowerCuts(RigFolder folder, Random random) : Trouble
{
    /// <summary>What the processes of a campus need in their environment.</summary>
    public static IEnumerable<(string Name, string Value)> Environment(RigFolder folder)
    {
        var kept = Directory.CreateDirectory(KeptIn(folder)).FullName;
        return [("LD_PRELOAD", PowerCutShim.Path!), ("HERMES_CRASH_DISK", Path.GetFullPath(folder.Path)), ("HERMES_CRASH_KEPT", kept)];
    }

    public override int Percent => 67;

    public override Task<IReadOnlyList<string>> StrikeAsync()
    {
        var (all, clientsOwn) = (new[] { folder.ServerState, folder.ClientState, folder.Bus }, new[] { folder.ClientState });
        var struck = random.Next(3) == 0 ? clientsOwn : all;
        foreach (var place in struck.Select(file => Path.GetDirectoryName(file)!).Where(Directory.Exists))
        {
            foreach (var file in Directory.EnumerateFiles(place))
                Lose(file);
        }

        using var journal = new JournalFile(folder.Journal);
        journal.WritePowerCut();
        return Task.FromResult<IReadOnlyList<string>>(["power cuts"]);
    }

    // A name that was given stays. The key of a state is flushed under another name before it gets its own.
    private void Lose(string file)
    {
        var kept = Path.Combine(KeptIn(folder), Path.GetRelativePath(folder.Path, file).Replace('/', '+'));
        if (Path.GetExtension(file) is ".key" or ".lock")
            return;
        if (file.EndsWith("-shm", StringComparison.Ordinal))
            File.Delete(file);
        else if (File.Exists(kept))
            File.Copy(kept, file, overwrite: true);
        else
            File.WriteAllBytes(file, []);
    }

    private static string KeptIn(RigFolder folder) => Path.Combine(folder.Path, "kept");
}
