using System.Runtime.InteropServices;
using Hermes.Abstractions;
using Microsoft.Data.Sqlite;

namespace Hermes.Sqlite;

/// <summary>
/// Tells whether an open database is still the file that its path names. What is written to one that was deleted, or that another file took the place of, is lost.
/// </summary>
internal static partial class FilePlace
{
    // SQLITE_FCNTL_HAS_MOVED: compares the open file with what the path names. Windows does not let an open database be removed.
    private const int HasMoved = 20;

    /// <exception cref="SqliteFileException">It is not. Opening it anew may help.</exception>
    public static void CheckInPlace(this SqliteConnection connection, string path)
    {
        var moved = 0;
        if (FileControl(connection.Handle!.DangerousGetHandle(), "main", HasMoved, ref moved) != SQLitePCL.raw.SQLITE_OK || moved == 0)
            return;
        throw new SqliteFileException(
            $"The database file {Path.GetFullPath(path)} was removed or replaced while it was in use. Stop what uses it before you restore or remove it.", FaultKind.Transient);
    }

    // The wrapper of the library leaves it out.
    [LibraryImport("e_sqlite3", EntryPoint = "sqlite3_file_control", StringMarshalling = StringMarshalling.Utf8)]
    private static partial int FileControl(nint database, string name, int operation, ref int result);
}
