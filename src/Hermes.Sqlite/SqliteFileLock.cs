using Hermes.Abstractions;
using Hermes.Runtime.State;

namespace Hermes.Sqlite;

/// <summary>
/// Keeps a database file for one holder, in this and all other processes, by a file <c>.lock</c> beside it. The operating system gives the lock back
/// when the process ends, however it ends.
/// </summary>
internal sealed class SqliteFileLock : IDisposable
{
    private static readonly TimeSpan TimeBetweenLooks = TimeSpan.FromSeconds(1);

    private readonly FileStream _file;

    private SqliteFileLock(FileStream file) => _file = file;

    /// <summary>Takes the lock, when nobody else holds it any more.</summary>
    /// <param name="file">The database file.</param>
    /// <param name="holder">Who uses such a file: <c>server</c> or <c>client</c>.</param>
    /// <param name="opening">The clock, and who is told if it has to wait.</param>
    /// <param name="cancellationToken">Gives up waiting.</param>
    /// <exception cref="SqliteFileException">The lock cannot be made.</exception>
    public static async ValueTask<SqliteFileLock> TakeAsync(string file, string holder, StateOpening opening, CancellationToken cancellationToken)
    {
        for (var isTold = false; ; isTold = true)
        {
            try
            {
                return Take(file, holder);
            }
            catch (SqliteFileException exception) when (exception.Fault == FaultKind.Transient)
            {
                if (!isTold)
                    opening.Waiting(exception.Message);
            }

            await Task.Delay(TimeBetweenLooks, opening.Time, cancellationToken);
        }
    }

    /// <exception cref="SqliteFileException">Somebody else holds it, or the lock cannot be made.</exception>
    private static SqliteFileLock Take(string file, string holder)
    {
        SqliteFileGuard.CreateIfMissing(file);
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new SqliteFileLock(new FileStream(file + ".lock", options));
        }
        catch (IOException exception) when (IsHeld(exception))
        {
            throw new SqliteFileException(
                $"The state {file} is in use by another {holder} ({exception.Message}). Stop that one, or give this {holder} a state of its own.",
                FaultKind.Transient,
                exception);
        }
        catch (Exception exception) when (exception is UnauthorizedAccessException or IOException)
        {
            throw new SqliteFileException(
                $"The lock of the state {file} cannot be made ({exception.Message}). Check that this account may write the folder.",
                FaultKind.Permanent,
                exception);
        }
    }

    // What the operating system says of a file that somebody else holds: ERROR_SHARING_VIOLATION, or EAGAIN (35 on macOS).
    private static bool IsHeld(IOException exception) =>
        exception.HResult == (OperatingSystem.IsWindows() ? unchecked((int)0x80070020) : OperatingSystem.IsMacOS() ? 35 : 11);

    // The file stays: to delete it would let a third one lock a file that the second has already opened.
    public void Dispose() => _file.Dispose();
}
