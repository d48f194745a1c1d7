using System.DirectoryServices.Protocols;
using System.Runtime.CompilerServices;

namespace Hermes.Ldap.Connection;

/// <summary>Searches page by page (RFC 2696), on one connection, since a server's page cookie is good on that one only.</summary>
internal static class PagedSearch
{
    /// <summary>
    /// The pages of a search. The stream ends normally only after the last page: every page was a success, and the server said that none follows.
    /// </summary>
    /// <param name="session">The connection.</param>
    /// <param name="request">The search, without page controls.</param>
    /// <param name="pageSize">Entries per page; 0 to search without pages.</param>
    /// <param name="what">What it is for, to complete "... failed" in a message.</param>
    /// <param name="cancellationToken">Ends the search.</param>
    /// <exception cref="LdapRequestException">It failed, or is not provably complete.</exception>
    public static async IAsyncEnumerable<SearchResponse> PagesAsync(
        LdapSession session, SearchRequest request, int pageSize, string what, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        if (pageSize == 0)
        {
            yield return await session.SendAsync<SearchResponse>(request, what, cancellationToken);
            yield break;
        }

        var page = new PageResultRequestControl(pageSize) { IsCritical = true };
        request.Controls.Add(page);
        do
        {
            var response = await session.SendAsync<SearchResponse>(request, what, cancellationToken);
            page.Cookie = response.Controls.OfType<PageResultResponseControl>().FirstOrDefault()?.Cookie
                ?? throw Failures.Of(93, "The answer does not tell whether more pages follow.", $"{what} on {session.Address}", request);
            yield return response;
        }
        while (page.Cookie.Length > 0);
    }

    /// <summary>The DNs of all entries that a filter finds below a base.</summary>
    /// <exception cref="LdapRequestException">It failed, or is not provably complete.</exception>
    public static async Task<IReadOnlyList<string>> NamesAsync(LdapClient client, string @base, string filter, string what, CancellationToken cancellationToken)
    {
        var names = new List<string>();
        await using var session = await client.LeaseAsync(cancellationToken);
        var request = new SearchRequest(@base, filter, SearchScope.Subtree, "1.1");
        await foreach (var response in PagesAsync(session, request, 500, what, cancellationToken))
            names.AddRange(response.Entries.Cast<SearchResultEntry>().Select(entry => entry.DistinguishedName));
        return names;
    }
}
