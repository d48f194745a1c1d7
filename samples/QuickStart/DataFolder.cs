namespace QuickStart;

/// <summary>The files of this sample.</summary>
/// <param name="Path">The folder that holds them all.</param>
internal sealed record DataFolder(string Path)
{
    public string Database => In("university.db");

    public string Bus => In("bus.db");

    public string ServerState => In("server.db");

    public string ClientState => In("client.db");

    public string Target => In("target");

    public void Reset()
    {
        if (Directory.Exists(Path))
            Directory.Delete(Path, recursive: true);
    }

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
