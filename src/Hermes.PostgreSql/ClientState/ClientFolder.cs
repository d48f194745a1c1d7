using Hermes.Abstractions;
using Hermes.ClientRuntime.State;
using Hermes.ClientRuntime.State.Files;

namespace Hermes.PostgreSql.ClientState;

/// <summary>
/// What a client keeps on its own machine, for one process at a time: the key of its secret values, which would protect nothing in the database, and the
/// journal of calls.
/// </summary>
/// <remarks>
/// The journal tells what came of the calls since the last commit, and has to survive the death of the process from the end of each call on. In the database that
/// would be a round trip for each call, made while the call waits (the contract is synchronous), through the very link whose failure it has to outlive; in a
/// file of this machine it is a write to memory. What is lost by that is only the journal of a host that is gone for good: another one that takes over finds none
/// that belongs to the state, and does as after a power cut, which is safe: events wait until all have come that may have been applied, and reach the
/// target as what they come to together.
/// </remarks>
internal sealed class ClientFolder : IDisposable
{
    private readonly string _start;
    private readonly FileStream _lock;

    private ClientFolder(string start, FileStream @lock) => (_start, _lock) = (start, @lock);

    /// <summary>Takes the files of a state, in this process alone.</summary>
    /// <exception cref="ClientStateException">The folder cannot be used, or another process uses the files.</exception>
    public static ClientFolder Open(string folder, string schema)
    {
        var start = Path.Combine(Path.GetFullPath(folder), Uri.EscapeDataString(schema));
        var options = new FileStreamOptions { Mode = FileMode.OpenOrCreate, Access = FileAccess.ReadWrite, Share = FileShare.None };
        try
        {
            if (OperatingSystem.IsWindows())
            {
                Directory.CreateDirectory(folder);
            }
            else
            {
                options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
                Directory.CreateDirectory(folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);
            }

            // The one who lost the lease may stand still, and would write into the journal of the next one when he goes on.
            return new ClientFolder(start, new FileStream(start + ".lock", options));
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClientStateException(
                $"The folder {Path.GetFullPath(folder)} cannot be used for the key and the journal of calls ({exception.Message}). "
                + "Check that this account may write it, and that no process that lost the state still runs on this machine.",
                FaultKind.Transient,
                exception);
        }
    }

    /// <summary>Protects with the key, which is made if there is none.</summary>
    /// <exception cref="ClientStateException">The file cannot be used.</exception>
    public ISecretProtector Protector() => KeyFile.Protector(_start + ".key");

    /// <summary>Opens the journal.</summary>
    /// <param name="id">The number of the journal that belongs to the state; 0 if there is none.</param>
    /// <param name="last">The number that the file had before the last commit.</param>
    /// <param name="protector">Encrypts what may be secret.</param>
    /// <exception cref="ClientStateException">The file cannot be opened.</exception>
    public CallJournalFile Journal(long id, long last, ISecretProtector protector) => new(_start + ".calls", id, last, protector);

    // The file stays: to delete it would let a third one lock a file that the second has already opened.
    public void Dispose() => _lock.Dispose();
}
