namespace Hermes.Crash.Host;

/// <summary>The files of a rig: the bus and each state in a folder of its own, which may be a disk of its own.</summary>
/// <param name="Path">The folder that holds them all.</param>
/// <param name="Client">Whose state and journal are meant: one campus may have several clients.</param>
/// <param name="Server">Whose state is meant: there may be rivals of the server.</param>
/// <param name="Host">On which machine: a client may have several, one at work and the others standing by.</param>
internal sealed record RigFolder(string Path, string Client = "client", string Server = "server", string Host = "")
{
    /// <summary>A server of another name, with a source of its own, that writes to the same bus.</summary>
    public const string Stranger = "stranger";

    /// <summary>A server with a copy of the server's state.</summary>
    public const string Twin = "twin";

    public string Source => In(Server == Stranger ? "stranger.db" : "source.db");

    public string Bus => In("bus/bus.db");

    public string ServerState => In($"{Server}/{Server}.db");

    public string ClientState => In($"{Client}/{Client}.db");

    /// <summary>What a client whose state lies elsewhere has on its own machine.</summary>
    public string ClientFiles => In($"{Client}{Host}");

    public string Journal => In($"{Client}{Host}.jsonl");

    /// <summary>The folder of a target of Hermes itself.</summary>
    public string Target => In($"{Client}-target");

    public string TargetTables => System.IO.Path.Combine(Target, "tables.db");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
