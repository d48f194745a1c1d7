using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Sources;

namespace Hermes.Ldap.Source;

/// <summary>A fetch, read from its query (the filter) and its variables <c>base</c>, <c>scope</c>, <c>filter</c> and <c>attributes</c>.</summary>
internal sealed record LdapSearch(string Base, SearchScope Scope, string Filter, IReadOnlyList<string> Attributes)
{
    /// <summary>Reads a fetch. All other variables are values for <c>{name}</c> in filter and base.</summary>
    /// <exception cref="FormatException">Something in it cannot be understood; says what and what to do.</exception>
    public static LdapSearch Read(SourceOperation operation, LdapSourceOptions options)
    {
        var variables = new OperationVariables(operation.Variables);
        var query = operation.Query.Trim();
        var given = variables.TakeText("filter");
        if (query.Length > 0 && given is not null)
            throw new FormatException("The fetch has a filter twice, as its query and as the variable 'filter'. Remove one of them.");

        var @base = variables.TakeText("base") ?? options.Base;
        var scope = variables.TakeText("scope") is { } text ? ReadScope(text) : options.Scope;
        var attributes = variables.TakeTexts("attributes") ?? [];
        var filter = query.Length > 0 ? query : given ?? options.Filter;
        var search = new LdapSearch(
            variables.BindName(@base),
            scope,
            variables.BindFilter(filter),
            [.. operation.Attributes.Concat(attributes).Distinct(StringComparer.Ordinal)]);
        variables.RefuseUnused();
        return search;
    }

    private static SearchScope ReadScope(string scope) => scope.ToUpperInvariant() switch
    {
        "BASE" => SearchScope.Base,
        "ONE" or "ONELEVEL" => SearchScope.OneLevel,
        "SUB" or "SUBTREE" => SearchScope.Subtree,
        _ => throw new FormatException($"The scope '{scope}' is unknown. Use base, one or sub."),
    };
}
