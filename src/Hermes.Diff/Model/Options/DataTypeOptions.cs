namespace Hermes.Diff.Model.Options;

/// <summary>A data type, such as users.</summary>
public sealed class DataTypeOptions
{
    /// <summary>The name: letters, digits and underscores, since templates use it.</summary>
    public string Name { get; set; } = "";

    /// <summary>The attribute or attributes that tell the entries apart, in order. Every source maps them.</summary>
    public IList<string> Key { get; } = [];

    /// <summary>The sources that the entries come from, in order; at least one.</summary>
    public IList<TypeSourceOptions> Sources { get; } = [];

    /// <summary>What happens when two sources contradict each other. Default: the cached entry stays.</summary>
    public MergeConflictPolicy OnMergeConflict { get; set; }

    /// <summary>Attribute to the parent it points to. The server only tells them to the clients.</summary>
    public IDictionary<string, ForeignKeyOptions> ForeignKeys { get; } = new Dictionary<string, ForeignKeyOptions>(StringComparer.Ordinal);

    /// <summary>
    /// Expressions over <c>_SELF</c>, <c>&lt;Type&gt;_pkeys</c> and <c>&lt;Type&gt;</c>: an entry for which one is not true is dropped.
    /// </summary>
    public IList<string> IntegrityConstraints { get; } = [];

    /// <summary>How an entry shows in logs, status and mail: a template over its attributes. Default: <c>&lt;Type[key]&gt;</c>.</summary>
    public string? ToStringTemplate { get; set; }
}
