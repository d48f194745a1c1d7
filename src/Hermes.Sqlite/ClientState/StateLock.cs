using Hermes.Abstractions;
using Hermes.ClientRuntime.State;

namespace Hermes.Sqlite.ClientState;

/// <summary>Keeps a second client away from a state, in this and other processes.</summary>
internal sealed class StateLock : IDisposable
{
    private readonly FileStream _file;

    private StateLock(FileStream file) => _file = file;

    /// <exception cref="ClientStateException">Another client holds the state.</exception>
    public static StateLock Take(string path)
    {
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        try
        {
            return new StateLock(new FileStream(path + ".lock", options));
        }
        catch (IOException exception)
        {
            throw new ClientStateException(
                $"The client state {Path.GetFullPath(path)} is in use by another client. Give each client a state of its own, or stop the other one.",
                FaultKind.Transient,
                exception);
        }
    }

    // The file stays: removing it could take it away from the next holder.
    public void Dispose() => _file.Dispose();
}
