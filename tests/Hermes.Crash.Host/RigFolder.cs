namespace Hermes.Crash.Host;

/// <summary>The files of a rig.</summary>
/// <param name="Path">The folder that holds them all.</param>
internal sealed record RigFolder(string Path)
{
    public string Source => In("source.db");

    public string Bus => In("bus.db");

    public string ServerState => In("server.db");

    public string ClientState => In("client.db");

    public string Journal => In("journal.jsonl");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
