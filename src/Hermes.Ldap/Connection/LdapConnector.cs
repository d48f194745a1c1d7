using System.DirectoryServices.Protocols;
using System.Net;
using System.Runtime.InteropServices;

namespace Hermes.Ldap.Connection;

/// <summary>Opens bound connections.</summary>
internal sealed class LdapConnector : IDisposable
{
    private readonly IReadOnlyList<LdapAddress> _addresses;
    private readonly NetworkCredential? _credential;
    private readonly TimeSpan _timeout;
    private readonly string? _caFile;
    private readonly Lock _lock = new();
    private TrustedAuthorities? _authorities;

    public LdapConnector(LdapConnectionOptions options)
    {
        _addresses = LdapAddress.ParseAll(options.Url) ?? throw new ArgumentException("The URL is not an LDAP address.", nameof(options));
        _credential = string.IsNullOrEmpty(options.BindDn) ? null : new NetworkCredential(options.BindDn, options.Password);
        _timeout = options.Timeout;
        _caFile = options.CaCertificateFile;
    }

    /// <summary>How long a request may take.</summary>
    public TimeSpan Timeout => _timeout;

    /// <summary>Opens a connection to the first server that takes it.</summary>
    /// <exception cref="LdapRequestException">None does; tells about the first.</exception>
    public async Task<(LdapConnection Connection, LdapAddress Address)> OpenAsync(CancellationToken cancellationToken)
    {
        SignalRestart.Ensure();
        lock (_lock)
            _authorities ??= _caFile is null ? null : TrustedAuthorities.Load(_caFile);
        LdapRequestException? first = null;
        foreach (var address in _addresses)
        {
            try
            {
                return (await OpenAsync(address, cancellationToken), address);
            }
            catch (LdapRequestException failure)
            {
                first ??= failure;
            }
        }

        throw first!;
    }

    /// <inheritdoc/>
    public void Dispose() => _authorities?.Dispose();

    private async Task<LdapConnection> OpenAsync(LdapAddress address, CancellationToken cancellationToken)
    {
        var connection = new LdapConnection(new LdapDirectoryIdentifier(address.Host, address.Port))
        {
            AuthType = _credential is null ? AuthType.Anonymous : AuthType.Basic,
            AutoBind = false,
            Timeout = _timeout,
        };
        // The bind blocks a thread; whoever stops waiting leaves the connection to be closed when it ends.
        var bind = Task.Run(() => Bind(connection, address), CancellationToken.None);
        try
        {
            await bind.WaitAsync(_timeout + _timeout, cancellationToken);
            return connection;
        }
        catch (Exception exception)
        {
            _ = bind.ContinueWith(_ => connection.Dispose(), CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
            if (exception is OperationCanceledException)
                throw;
            var what = $"Binding to {address} as {_credential?.UserName ?? "nobody (anonymous)"}";
            if (exception is TimeoutException)
                throw Failures.Of(ResultCodes.Timeout, null, what, null);
            var failure = Failures.Of(exception, what, null);
            if (failure.Code is ResultCodes.ServerDown or ResultCodes.ConnectError or ResultCodes.Timeout)
                failure = await ConnectionDiagnosis.ExplainAsync(address, _authorities?.Certificates, failure, _timeout, cancellationToken);
            throw failure;
        }
    }

    private void Bind(LdapConnection connection, LdapAddress address)
    {
        var session = connection.SessionOptions;
        session.ProtocolVersion = 3;
        session.ReferralChasing = ReferralChasingOptions.None;
        if (address.Tls)
            session.SecureSocketLayer = true;
        if (address.Tls && _authorities is not null && !OperatingSystem.IsWindows())
        {
            session.TrustedCertificatesDirectory = _authorities.Folder;
            session.StartNewTlsSessionContext();
        }

        if (_credential is null)
            connection.Bind();
        else
            connection.Bind(_credential);
    }
}

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
