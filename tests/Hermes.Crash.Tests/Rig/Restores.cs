using Hermes.Crash.Host;
using Hermes.Crash.Host.Client;
using Hermes.Crash.Tests.Invariants;

namespace Hermes.Crash.Tests.Rig;

/// <summary>Makes copies of states and bus, and puts them back later, alone or together; deletes them; or deletes their write-ahead logs.</summary>
/// <param name="folder">The files of the campus.</param>
/// <param name="random">Decides.</param>
/// <param name="target">
/// What the client keeps in step. A client whose state is lost no longer knows what the target has, so that tables may hold a child for ever whose parent is to be removed.
/// </param>
/// <param name="files">What may be struck.</param>
internal sealed class Restores(RigFolder folder, Random random, CampusTarget target, RigFile[] files) : Trouble
{
    private readonly List<string> _copies = [];

    public override Task<IReadOnlyList<string>> StrikeAsync()
    {
        var struck = random.Next(3) == 0 ? files : [files[random.Next(files.Length)]];
        var together = _copies.Count > 0 ? random.Next(_copies.Count) : 0;
        var done = struck.Select(file => Strike(file, together)).OfType<string>().ToList();
        if (done.Count > 0 && struck.Contains(RigFile.ClientState))
            NoteInJournal();
        MakeCopies();
        return Task.FromResult<IReadOnlyList<string>>(done);
    }

    // Each as a copy of the files as they lie there, log and all, or as one file, as a backup of SQLite is.
    private void MakeCopies()
    {
        var copies = Path.Combine(folder.Path, "copies", $"{_copies.Count}");
        var asOne = random.Next(2) == 0;
        foreach (var file in files.Where(file => File.Exists(file.PathIn(folder))))
        {
            RigFiles.Copy(file.PathIn(folder), CopyOf(file, copies));
            if (asOne)
                RigFiles.MakeOneFile(CopyOf(file, copies));
        }

        _copies.Add(copies);
    }

    private string? Strike(RigFile file, int together)
    {
        var path = file.PathIn(folder);
        var (act, alone) = (random.Next(10), random.Next(Math.Max(1, _copies.Count)));
        if (!File.Exists(path))
            return null;
        if (act > 2 || (file == RigFile.ClientState && target == CampusTarget.Table))
            return PutBack(file, _copies.ElementAtOrDefault(random.Next(2) == 0 ? together : alone));
        if (act > 0 && File.Exists(path + "-wal"))
        {
            RigFiles.DeleteLog(path);
            if (IsWhole(file) && HasContent(file, path))
                return $"log of a {file.Words()} lost";
        }

        RigFiles.Delete(path);
        return $"{file.Words()} lost";
    }

    private string? PutBack(RigFile file, string? copies)
    {
        if (copies is null || CopyOf(file, copies) is var copy && !(File.Exists(copy) && HasContent(file, copy)))
            return null;
        RigFiles.Delete(file.PathIn(folder));
        RigFiles.Copy(copy, file.PathIn(folder));
        return $"{file.Words()} put back";
    }

    // The log of a process that was killed while it was written into the file cannot be missed: then an administrator gives the file up.
    private bool IsWhole(RigFile file)
    {
        try
        {
            SoundState.CheckLeftBy(file == RigFile.ClientState ? Role.Client : Role.Server, folder);
            return true;
        }
        catch (ViolationException)
        {
            return false;
        }
    }

    private void NoteInJournal()
    {
        using var journal = new JournalFile(folder.Journal);
        journal.WritePutBack(isLost: !File.Exists(folder.ClientState));
    }

    // A bus that is as empty as it was at first is one whose messages became too old: only its clients see that it is not. Nobody makes backups of nothing.
    private static bool HasContent(RigFile file, string path)
    {
        var table = file switch
        {
            RigFile.ClientState => "setup",
            RigFile.ServerState => "header",
            _ => "hermesmessages",
        };
        using var database = new SqliteFile(path);
        return database.HasTable(table) && database.Rows($"select 1 from {table} limit 1").Any();
    }

    private static string CopyOf(RigFile file, string copies) => Path.Combine(copies, $"{file}.db");
}
