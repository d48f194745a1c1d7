namespace Hermes.TestSupport.Servers;

/// <summary>A certification authority of one test run and a certificate of it for a server on 127.0.0.1.</summary>
public sealed class TestCertificates
{
    private TestCertificates(string folder) => Folder = folder;

    /// <summary>The folder of the files.</summary>
    public string Folder { get; }

    /// <summary>The authority's certificate, PEM: what a client must trust.</summary>
    public string Authority => Path.Combine(Folder, "ca.crt");

    /// <summary>The server's certificate, PEM, for <c>localhost</c> and <c>127.0.0.1</c>.</summary>
    public string Certificate => Path.Combine(Folder, "server.crt");

    /// <summary>The server's private key, PEM.</summary>
    public string Key => Path.Combine(Folder, "server.key");

    /// <summary>An authority that signed nothing: a client that trusts it alone must refuse the server.</summary>
    public string OtherAuthority => Path.Combine(Folder, "other-ca.crt");

    /// <summary>Makes them in a folder, valid now.</summary>
    public static TestCertificates Make(string folder) => Make(folder, TimeSpan.FromDays(1));

    /// <summary>Makes them with a server's certificate that has expired.</summary>
    public static TestCertificates MakeExpired(string folder) => Make(folder, TimeSpan.FromDays(-1));

    private static TestCertificates Make(string folder, TimeSpan untilItEnds)
    {
        Directory.CreateDirectory(folder);
        var files = new TestCertificates(folder);
        using var authority = new TestAuthority(files.Authority);
        using var other = new TestAuthority(files.OtherAuthority);
        authority.Issue(files.Certificate, files.Key, TimeProvider.System.GetUtcNow() + untilItEnds, "localhost", "127.0.0.1");
        return files;
    }
}
