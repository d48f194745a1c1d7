namespace Hermes.Benchmarks;

/// <summary>The files of one run.</summary>
/// <param name="Path">The folder that holds them.</param>
internal sealed record BenchmarkFolder(string Path)
{
    public string Database => In("campus.db");

    public string Bus => In("bus.db");

    public string ServerState => In("server.db");

    public string ClientState => In("client.db");

    public string BareTable => In("bare.db");

    private string In(string name) => System.IO.Path.Combine(Path, name);
}
