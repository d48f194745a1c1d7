using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Sources;

/// <summary>What is asked of a data source, with all templates evaluated.</summary>
/// <param name="Kind">Fetch, add, modify or delete.</param>
/// <param name="Query">The text of the query in the source's own language (SQL, an LDAP filter, a path); empty if the source needs none.</param>
/// <param name="Variables">Values by name. A source binds them as parameters and never concatenates them into the query.</param>
/// <param name="Attributes">The remote attributes that the mapping reads; each row must carry all of them. In ordinal order.</param>
public sealed record SourceOperation(
    SourceOperationKind Kind,
    string Query,
    IReadOnlyDictionary<string, Value> Variables,
    IReadOnlyList<string> Attributes);
