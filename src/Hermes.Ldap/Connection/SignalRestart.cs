using System.DirectoryServices.Protocols;
using System.Runtime.InteropServices;

namespace Hermes.Ldap.Connection;

/// <summary>
/// Lets the LDAP library of Linux go on waiting when a signal interrupts it. By default it then reports that the server is down, and signals are
/// frequent in a .NET process: each end of a child process is one. The option has to be set before a connection is made, for the whole process.
/// </summary>
internal static class SignalRestart
{
    private const int LdapOptRestart = 9;
    private const nint On = 1;

    private static readonly Lazy<bool> Done = new(SetOption);

    /// <summary>Sets the option, once per process.</summary>
    /// <returns>Whether it is set; false where there is no such library, as on Windows.</returns>
    public static bool Ensure() => Done.Value;

    private static bool SetOption()
    {
        if (!OperatingSystem.IsLinux())
            return false;

        // Makes the client library load the version of the native one that it uses, which then is found among what the process has mapped.
        using (var connection = new LdapConnection(new LdapDirectoryIdentifier("127.0.0.1")))
            connection.SessionOptions.ProtocolVersion = 3;
        var path = File.ReadLines("/proc/self/maps")
            .Select(line => line[(line.IndexOf('/', StringComparison.Ordinal) is var start and >= 0 ? start : line.Length)..])
            .FirstOrDefault(file => Path.GetFileName(file).StartsWith("libldap", StringComparison.Ordinal));
        if (path is null || !NativeLibrary.TryLoad(path, out var library) || !NativeLibrary.TryGetExport(library, "ldap_set_option", out var function))
            return false;
        return Marshal.GetDelegateForFunctionPointer<LdapSetOption>(function)(0, LdapOptRestart, On) == 0;
    }

    [UnmanagedFunctionPointer(CallingConvention.Cdecl)]
    private delegate int LdapSetOption(nint connection, int option, nint value);
}
