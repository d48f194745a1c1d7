namespace Hermes.TestSupport.Servers;

/// <summary>The folder that holds everything a server makes in one run; removed at the end.</summary>
public sealed class ServerDirectory : IDisposable
{
    /// <summary>Makes a new folder under the temporary one.</summary>
    /// <param name="server">The name of the server, a part of the folder's name.</param>
    public ServerDirectory(string server) => Root = Directory.CreateTempSubdirectory($"hermes-{server}-").FullName;

    /// <summary>The path of the folder.</summary>
    public string Root { get; }

    /// <summary>A path inside, whether it exists or not.</summary>
    public string this[string relative] => Path.Combine(Root, relative);

    /// <summary>Makes a folder inside and returns its path.</summary>
    public string Folder(string relative) => Directory.CreateDirectory(this[relative]).FullName;

    /// <summary>Gives the folder to the user that the server runs as when the tests run as root.</summary>
    public async Task GiveToAsync(string user, CancellationToken cancellationToken = default)
    {
        if (Environment.IsPrivilegedProcess)
            await Programs.RunAsync(new("chown", "-R", user, Root), cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        if (Directory.Exists(Root))
            Directory.Delete(Root, recursive: true);
    }
}
