namespace Hermes.TestSupport.Servers;

/// <summary>An LDAP server whose certificate comes from an authority of its own.</summary>
public abstract class LdapServer : IAsyncDisposable
{
    private readonly TestAuthority _authority;
    private ServerProcess? _process;

    /// <summary>Makes its folder and its authority.</summary>
    protected LdapServer(string name)
    {
        Folder = new ServerDirectory(name);
        _authority = new TestAuthority(Folder["ca.crt"]);
    }

    /// <summary>Who may do everything.</summary>
    public abstract LdapAccount Administrator { get; }

    /// <summary>The certificate of the authority that issued the server's.</summary>
    public string CaFile => _authority.CertificateFile;

    /// <summary>The process, to kill and start it again.</summary>
    public ServerProcess Process => _process ?? throw new InvalidOperationException("The server is not running.");

    /// <summary>The folder that holds everything it makes.</summary>
    protected ServerDirectory Folder { get; }

    /// <summary>The file with the server's certificate.</summary>
    protected string CertificateFile => Folder["server.crt"];

    /// <summary>The file with the key of the server's certificate.</summary>
    protected string KeyFile => Folder["server.key"];

    /// <inheritdoc/>
    public async ValueTask DisposeAsync()
    {
        if (_process is not null)
            await _process.DisposeAsync();
        _authority.Dispose();
        Folder.Dispose();
        GC.SuppressFinalize(this);
    }

    /// <summary>Issues the server's certificate, for 127.0.0.1 and a name.</summary>
    protected void IssueCertificate(DateTimeOffset end, string name) => _authority.Issue(CertificateFile, KeyFile, end, "127.0.0.1", name);

    /// <summary>Starts the process and waits until it is ready.</summary>
    protected async Task RunAsync(
        ServerCommand command, Func<CancellationToken, Task<bool>> isReady, CancellationToken cancellationToken) =>
        _process = await ServerProcess.StartAsync(command, Folder["log"], isReady, TimeSpan.FromSeconds(60), cancellationToken);
}
