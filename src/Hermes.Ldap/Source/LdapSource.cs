using System.DirectoryServices.Protocols;
using System.Runtime.CompilerServices;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Connection;
using Hermes.Ldap.Syntax;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace Hermes.Ldap.Source;

/// <summary>Reads an LDAP directory page by page, and writes back to it.</summary>
/// <remarks>
/// A fetch's query is the filter; its variables <c>base</c>, <c>scope</c>, <c>filter</c> and <c>attributes</c> say the rest, and all others are
/// values for <c>{name}</c> in filter and base, where they are escaped. Writes take <c>dn</c> with <c>attributes</c> (add) or with <c>add</c>,
/// <c>modify</c> and <c>delete</c> (modify), each a map from attribute names to values.
/// </remarks>
public sealed class LdapSource : IWritableSource, IDisposable
{
    private readonly LdapSourceOptions _options;
    private readonly LdapClient _client;
    private readonly DirectorySchema _schema = new();
    private readonly SubordinateReferences _references = new();
    private readonly ILogger _logger;

    /// <summary>Makes a source; it connects when it is first used.</summary>
    public LdapSource(LdapSourceOptions options, TimeProvider? time = null, ILogger<LdapSource>? logger = null)
    {
        ArgumentNullException.ThrowIfNull(options);
        _options = options;
        _logger = logger ?? NullLogger<LdapSource>.Instance;
        _client = new LdapClient(options, time ?? TimeProvider.System, _logger);
    }

    /// <inheritdoc/>
    public IAsyncEnumerable<SourceRow> FetchAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        return Rows(Understand(() => LdapSearch.Read(operation, _options)), cancellationToken);
    }

    /// <inheritdoc/>
    public async Task ExecuteAsync(SourceOperation operation, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(operation);
        var request = Understand(() => LdapWrite.Read(operation));
        try
        {
            await _client.SendAsync<DirectoryResponse>(request, $"The operation {operation.Kind} of {NameOf(request)}", cancellationToken);
        }
        catch (LdapRequestException failure)
        {
            throw new SourceException(failure.Message, failure.Fault, failure);
        }
    }

    /// <summary>Closes the connections.</summary>
    public void Dispose() => _client.Dispose();

    private async IAsyncEnumerable<SourceRow> Rows(LdapSearch search, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var requested = SearchColumns.Requested(search.Attributes);
        var request = new SearchRequest(search.Base, search.Filter, search.Scope, requested);
        var what = $"Searching below '{search.Base}'";
        var references = 0;

        await using var session = await Translated(_client.LeaseAsync(cancellationToken));
        if (await Translated(_schema.UnknownAsync(session, requested, cancellationToken)) is { } unknown)
        {
            throw new SourceException(
                $"The schema of {session.Address} knows no attribute '{unknown}'. Correct the mapping, or add the attribute to the schema.", FaultKind.Permanent);
        }

        // To a server, a condition on an attribute that it does not know is simply not true, and nothing is found.
        if (await Translated(_schema.UnknownAsync(session, SearchFilter.AttributesIn(search.Filter), cancellationToken)) is { } misspelt)
        {
            throw new SourceException(
                $"The schema of {session.Address} knows no attribute '{misspelt}', which the filter names. Correct the filter, or add the attribute to the schema.",
                FaultKind.Permanent);
        }

        var columns = new SearchColumns(search.Attributes, _options, _schema);
        await using var pages = PagedSearch.PagesAsync(session, request, _options.PageSize, what, cancellationToken).GetAsyncEnumerator(cancellationToken);
        while (await Translated(pages.MoveNextAsync().AsTask()))
        {
            references += SubordinateReferences.Count(pages.Current);
            if (references > 0 && _options.Referrals == ReferralHandling.Error)
            {
                throw new SourceException(
                    $"{what} on {session.Address} came upon a reference to another server, so the data is not complete. "
                    + "Narrow the base, point Url at a server that holds all of it, or set Referrals to Ignore.",
                    FaultKind.Permanent);
            }

            foreach (SearchResultEntry entry in pages.Current.Entries)
            {
                cancellationToken.ThrowIfCancellationRequested();
                var row = columns.ReadAsync(session, entry, cancellationToken);
                yield return row.IsCompletedSuccessfully ? row.GetAwaiter().GetResult() : await Translated(row.AsTask());
            }
        }

        if (_references.IsNews(search.Base, references))
            Log.ReferencesIgnored(_logger, search.Base, references);
    }

    private static async Task<T> Translated<T>(Task<T> work)
    {
        try
        {
            return await work;
        }
        catch (LdapRequestException failure)
        {
            throw new SourceException(failure.Message, failure.Fault, failure);
        }
    }

    private static T Understand<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (FormatException problem)
        {
            throw new SourceException(problem.Message, FaultKind.Permanent, problem);
        }
    }

    private static string NameOf(DirectoryRequest request) => request switch
    {
        AddRequest add => add.DistinguishedName,
        ModifyRequest modify => modify.DistinguishedName,
        DeleteRequest delete => delete.DistinguishedName,
        _ => "",
    };
}

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
