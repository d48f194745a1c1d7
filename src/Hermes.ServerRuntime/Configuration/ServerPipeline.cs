namespace Hermes.ServerRuntime.Configuration;

/// <summary>
/// A resilience pipeline of a server that C# code may add strategies to. Failures that leave it are tried again with the whole cycle.
/// </summary>
public enum ServerPipeline
{
    /// <summary>Around each sending of a batch to the bus. Default: nothing.</summary>
    Bus,

    /// <summary>Around each write-back to a data source. Default: nothing.</summary>
    WriteBack,
}
