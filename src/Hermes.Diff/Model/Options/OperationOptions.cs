using Hermes.Abstractions.Sources;

namespace Hermes.Diff.Model.Options;

/// <summary>An operation of a data source. The query and the variables may be templates.</summary>
public sealed class OperationOptions
{
    /// <summary>What the operation does. A fetch need not say it; a write-back says add, modify or delete.</summary>
    public SourceOperationKind? Kind { get; set; }

    /// <summary>The query, in the source's own language; empty if the source needs none.</summary>
    public string Query { get; set; } = "";

    /// <summary>Values by name that the source binds into the query.</summary>
    public IDictionary<string, string> Variables { get; } = new Dictionary<string, string>(StringComparer.Ordinal);
}
