using Hermes.Abstractions;
using Hermes.ServerRuntime.State;

namespace Hermes.Sqlite.ServerState;

/// <summary>
/// Keeps a second server away from a state. The operating system gives the lock back when the process ends, however it ends.
/// </summary>
internal sealed class StateFileLock : IDisposable
{
    private readonly FileStream _file;

    private StateFileLock(FileStream file) => _file = file;

    public static StateFileLock Take(string stateFile)
    {
        var path = stateFile + ".lock";
        try
        {
            SqliteFileGuard.CreateIfMissing(stateFile);
            var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
            if (!OperatingSystem.IsWindows())
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
            return new StateFileLock(new FileStream(path, options));
        }
        catch (SqliteFileException exception)
        {
            throw new ServerStateException(exception.Message, exception.Fault, exception);
        }
        catch (IOException exception)
        {
            throw new ServerStateException(
                $"The server state {stateFile} is in use by another server ({exception.Message}). Stop that one, or give this server a state of its own.",
                FaultKind.Transient,
                exception);
        }
    }

    // The file stays: to delete it would let a third server lock a file that the second has already opened.
    public void Dispose() => _file.Dispose();
}
