namespace Hermes.Diff.Model.Options;

/// <summary>One source of a data type: what to read from a data source, and how its rows become entries.</summary>
public sealed class TypeSourceOptions
{
    /// <summary>The name of the data source to read from.</summary>
    public string Source { get; set; } = "";

    /// <summary>How the type's merge constraints call this source; unique in the type. Default: the name of the data source.</summary>
    public string? Name { get; set; }

    /// <summary>What to read.</summary>
    public OperationOptions Fetch { get; set; } = new();

    /// <summary>
    /// What to write back after each event of an entry was confirmed by the bus. Default: nothing. Not together with
    /// <see cref="CommitAll"/>.
    /// </summary>
    public OperationOptions? CommitOne { get; set; }

    /// <summary>What to write back when all events of the type were confirmed by the bus. Default: nothing.</summary>
    public OperationOptions? CommitAll { get; set; }

    /// <summary>Attribute to what it is made of.</summary>
    public IDictionary<string, MappingOptions> Mapping { get; } = new Dictionary<string, MappingOptions>(StringComparer.Ordinal);

    /// <summary>Attributes that are sent and never written anywhere else.</summary>
    public IList<string> SecretAttributes { get; } = [];

    /// <summary>Attributes that are cached, but neither compared nor sent.</summary>
    public IList<string> CacheOnlyAttributes { get; } = [];

    /// <summary>Attributes that are neither cached, compared nor sent: for templates only.</summary>
    public IList<string> LocalAttributes { get; } = [];

    /// <summary>What the keys of this source must have to do with those of the sources before it. Default: nothing.</summary>
    public KeyMergeConstraint KeyMergeConstraint { get; set; }

    /// <summary>What becomes of a poll when the mapping of a row fails. Default: the poll fails.</summary>
    public BadRowPolicy OnBadRow { get; set; }

    /// <summary>
    /// How many rows the source has at least: a read that gives fewer fails, as an error of the data source, and nothing of it is used. For sources whose answer may be empty, or
    /// cut short, although nothing failed: a lost right, a mistyped filter, a view of a database that is being filled. Default: 0, any number will do.
    /// </summary>
    public long ExpectAtLeast { get; set; }

    /// <summary>
    /// Expressions over <c>_SELF</c>, <c>&lt;source&gt;</c> and <c>&lt;source&gt;_pkeys</c>: a row for which one is not true is dropped
    /// before the merge.
    /// </summary>
    public IList<string> MergeConstraints { get; } = [];
}
