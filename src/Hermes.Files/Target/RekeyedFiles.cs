using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Targets;

namespace Hermes.Files.Target;

/// <summary>
/// Gives the files of a folder the names of other keys. All are moved aside before the first is put under its new name, which may be the old name of another;
/// the folder that they waited in stays, empty, until the next time, so that a repetition after a kill finds the work done.
/// </summary>
internal static class RekeyedFiles
{
    private const string Aside = ".rekeying-";
    private const string Done = ".rekeyed-";

    /// <summary>Renames the files of entries, those that are there.</summary>
    public static void Rename(string folder, IReadOnlyList<EntryRekeyed> entries)
    {
        if (!Directory.Exists(folder))
            return;
        var digest = DigestOf(entries);
        var (aside, done) = (Path.Combine(folder, Aside + digest), Path.Combine(folder, Done + digest));
        if (!Directory.Exists(done))
        {
            Directory.CreateDirectory(aside);
            foreach (var entry in entries)
                EntryFiles.TryMove(Path.Combine(folder, FileNames.OfKey(entry.Former)), Path.Combine(aside, FileNames.OfKey(entry.Key)));
            foreach (var former in Directory.EnumerateDirectories(folder, Done + "*"))
                Directory.Delete(former);
            Directory.Move(aside, done);
        }

        foreach (var file in Directory.EnumerateFiles(done))
            EntryFiles.TryMove(file, Path.Combine(folder, Path.GetFileName(file)));
    }

    private static string DigestOf(IReadOnlyList<EntryRekeyed> entries)
    {
        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var entry in entries)
            digest.AppendData(Encoding.UTF8.GetBytes($"{FileNames.OfKey(entry.Former)}/{FileNames.OfKey(entry.Key)}\n"));
        return Convert.ToHexStringLower(digest.GetHashAndReset())[..16];
    }
}
