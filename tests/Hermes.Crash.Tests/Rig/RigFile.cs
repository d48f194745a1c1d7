using Hermes.Crash.Host;
using Hermes.Crash.Tests.Invariants;

namespace Hermes.Crash.Tests.Rig;

/// <summary>A database of a campus that may be lost or put back.</summary>
internal enum RigFile
{
    ServerState,
    ClientState,
    Bus,
}

internal static class RigFiles
{
    private static readonly string[] Companions = ["-wal", "-shm"];

    public static string PathIn(this RigFile file, RigFolder folder) => file switch
    {
        RigFile.ServerState => folder.ServerState,
        RigFile.ClientState => folder.ClientState,
        _ => folder.Bus,
    };

    /// <summary>How the report calls it.</summary>
    public static string Words(this RigFile file) => file switch
    {
        RigFile.ServerState => "server state",
        RigFile.ClientState => "client state",
        _ => "bus",
    };

    /// <summary>Copies a database that nobody has open, with the write-ahead log beside it.</summary>
    public static void Copy(string from, string to)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(to)!);
        Delete(to);
        File.Copy(from, to);
        if (File.Exists(from + "-wal"))
            File.Copy(from + "-wal", to + "-wal");
    }

    /// <summary>Deletes a database, with what SQLite has beside it.</summary>
    public static void Delete(string path)
    {
        File.Delete(path);
        DeleteLog(path);
    }

    /// <summary>Deletes what SQLite has beside a database: what was not written to the file itself is lost.</summary>
    public static void DeleteLog(string path)
    {
        foreach (var companion in Companions)
            File.Delete(path + companion);
    }

    /// <summary>Writes the log of a database into it, as a backup of SQLite does, so that it is one file.</summary>
    public static void MakeOneFile(string path)
    {
        using (var file = new SqliteFile(path))
            file.Rows("pragma wal_checkpoint(truncate)").ToList();
        DeleteLog(path);
    }
}
