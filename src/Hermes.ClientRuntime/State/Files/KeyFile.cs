using System.Security.Cryptography;
using Hermes.Abstractions;

namespace Hermes.ClientRuntime.State.Files;

/// <summary>The key that protects secret values in a state: 32 random bytes in a file of their own, for their owner only.</summary>
internal static class KeyFile
{
    private const UnixFileMode OwnerOnly = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>A protector with the key of a file, which is made if it is not there.</summary>
    /// <exception cref="ClientStateException">The file cannot be used.</exception>
    public static AesSecretProtector Protector(string path)
    {
        try
        {
            if (!File.Exists(path))
                Create(path);
            if (!OperatingSystem.IsWindows() && (File.GetUnixFileMode(path) & ~OwnerOnly) != 0)
            {
                throw new ClientStateException(
                    $"The key file {Path.GetFullPath(path)} may be read by others. Set its mode to 600.", FaultKind.Permanent);
            }

            var key = File.ReadAllBytes(path);
            return key.Length == AesSecretProtector.KeyLength
                ? new AesSecretProtector(key)
                : throw new ClientStateException(
                    $"The key file {Path.GetFullPath(path)} is damaged: it has {key.Length} bytes. Restore it from the backup of the state.", FaultKind.Permanent);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ClientStateException($"The key file {Path.GetFullPath(path)} cannot be used: {exception.Message}", FaultKind.Permanent, exception);
        }
    }

    // Written beside and moved: a key file that is half written would make the state unreadable.
    private static void Create(string path)
    {
        var draft = path + ".new";
        File.Delete(draft);
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows())
            options.UnixCreateMode = OwnerOnly;
        using (var file = new FileStream(draft, options))
        {
            file.Write(RandomNumberGenerator.GetBytes(AesSecretProtector.KeyLength));
            file.Flush(flushToDisk: true);
        }

        File.Move(draft, path);
    }
}
