namespace Hermes.Crash.Host;

/// <summary>The files of a rig: the bus and each state in a folder of its own, which may be a disk of its own.</summary>
/// <param name="Path">The folder that holds them all.</param>
/// <param name="Client">Whose state and journal are meant: one campus may have several clients.</param>
internal sealed record RigFolder(string Path, string Client = "client")
{
    public string Source => In("source.db");

    public string Bus => In("bus/bus.db");

    public string ServerState => In("server/server.db");

    public string ClientState => In($"{Client}/{Client}.db");

    public string Journal => In($"{Client}.jsonl");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
