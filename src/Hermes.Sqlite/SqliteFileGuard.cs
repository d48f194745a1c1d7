using Hermes.Abstractions;

namespace Hermes.Sqlite;

/// <summary>Makes a database file and its folder, readable and writable by their owner only.</summary>
internal static class SqliteFileGuard
{
    private const int SmallestDatabase = 512;
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <remarks>
    /// Never opens a file that is there: closing it again would drop the locks that SQLite holds on it for other connections of this process.
    /// </remarks>
    public static void CreateIfMissing(string file)
    {
        try
        {
            CreateFolder(Path.GetDirectoryName(file)!);
            if (!File.Exists(file))
                CreateFile(file);
            // SQLite takes such a file for an empty one and would write over it.
            else if (new FileInfo(file).Length is > 0 and < SmallestDatabase)
                throw new SqliteFileException($"The file {file} is not a database. Give another path, or move the file away.", FaultKind.Permanent);
        }
        catch (IOException) when (File.Exists(file))
        {
            // Another connection was quicker.
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new SqliteFileException(
                $"The database file {file} cannot be made ({exception.Message}). Check the path, and that this account may write the folder.",
                FaultKind.Permanent,
                exception);
        }
    }

    private static void CreateFolder(string folder)
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, OwnerOnly | UnixFileMode.UserExecute);
    }

    // SQLite gives the files beside it (-wal, -shm) the permissions of the database file.
    private static void CreateFile(string file)
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        new FileStream(file, options).Dispose();
    }
}
