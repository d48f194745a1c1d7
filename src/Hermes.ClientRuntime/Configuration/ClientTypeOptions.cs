namespace Hermes.ClientRuntime.Configuration;

/// <summary>A data type of a client, as it is configured.</summary>
public sealed class ClientTypeOptions
{
    /// <summary>The name of the type.</summary>
    public string Name { get; set; } = "";

    /// <summary>The data type of the server that feeds it. Several data types may be fed by one.</summary>
    public string From { get; set; } = "";

    /// <summary>Local attribute to the name of a remote attribute, or to a template over the remote attributes.</summary>
    public IDictionary<string, string> Mapping { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Local attributes that hold the key of an entry of a local type, and that type. Default: none.</summary>
    public IDictionary<string, string> Reference { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>Local attributes that hold a list of keys of entries of a local type, and that type. Default: none.</summary>
    public IDictionary<string, string> References { get; } = new Dictionary<string, string>(StringComparer.Ordinal);

    /// <summary>When removals of its entries that come from one cause wait for approval. Default: as the client says.</summary>
    public ClientRemovalGuardOptions? RemovalGuard { get; set; }

    /// <summary>
    /// How the objects of entries are told that the client did not make, the strongest rule first: a comparison of the target finds by them what is to be linked.
    /// Default: none.
    /// </summary>
    public IList<CorrelationOptions> Correlate { get; } = [];

    /// <summary>What becomes of local attributes that somebody else changes on the target. Default of each: a comparison tells it.</summary>
    public IDictionary<string, AttributePolicy> Policies { get; } = new Dictionary<string, AttributePolicy>(StringComparer.Ordinal);

    /// <summary>What becomes of the objects of the target that are no entry's. Default: a comparison lists them.</summary>
    public UnmanagedPolicy Unmanaged { get; set; }

    /// <summary>How often the client compares its entries with the target by itself. Default: never.</summary>
    public TimeSpan? CompareEvery { get; set; }

    /// <summary>How many objects a second a comparison reads at most, whoever asked for it. Default: 0, as many as the target tells.</summary>
    public int CompareRate { get; set; }

    /// <summary>Whether its mapping may read attributes that the server does not send yet. Default: as the client says.</summary>
    public bool? MayComeLater { get; set; }

    /// <summary>
    /// How an entry shows in logs, status and mail: a template over the local attributes. Default: <c>&lt;Type[key]&gt;</c>.
    /// </summary>
    public string? Display { get; set; }
}
