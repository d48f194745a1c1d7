using System.Runtime.CompilerServices;
using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>
/// All resources of an endpoint, page by page. It is proved that they are all: each page begins with the last resource of the one before, none comes twice, and there are as many
/// as the server says (<c>totalResults</c>). What is made or deleted meanwhile moves the others from page to page, and ends the reading.
/// </summary>
internal sealed class ResourcePages(ScimClient client, int pageSize)
{
    /// <summary>The resources, in the order of the server.</summary>
    /// <param name="endpoint">The endpoint.</param>
    /// <param name="without">An attribute that is left out if the server knows how; null for none.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    /// <exception cref="HttpFaultException">Not all could be read.</exception>
    public async IAsyncEnumerable<ScimResource> ReadAsync(string endpoint, string? without, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var known = new HashSet<string>(StringComparer.Ordinal);
        string? last = null;
        for (long total = 1; known.Count < total;)
        {
            var start = Math.Max(known.Count, 1);
            var answer = await client.GetAsync(endpoint, cancellationToken, [("startIndex", Text(start)), ("count", Text(pageSize)), .. Without(without)]);
            if (!answer.IsSuccess)
                throw answer.Refusal(showsDetail: true);
            var page = answer.Require();
            total = Total(page, endpoint);
            var resources = Resources(page);
            if (last is not null && (resources.Count == 0 || resources[0].Id != last))
                throw Moved(endpoint);
            var isNew = false;
            foreach (var resource in resources.Skip(last is null ? 0 : 1))
            {
                cancellationToken.ThrowIfCancellationRequested();
                if (!known.Add(resource.Id))
                    throw Moved(endpoint);
                (last, isNew) = (resource.Id, true);
                yield return resource;
            }

            if (!isNew && known.Count < total)
                throw Incomplete($"{endpoint}: the service says that there are {total} resources, and gives no more than {known.Count}.");
            if (known.Count > total)
                throw Incomplete($"{endpoint}: the service says that there are {total} resources, and gives {known.Count}.");
        }
    }

    /// <summary>The parameter that leaves an attribute out; none if there is none.</summary>
    public static (string Name, string Value)[] Without(string? attribute) => attribute is null ? [] : [("excludedAttributes", attribute)];

    /// <summary>The resources of one page.</summary>
    /// <exception cref="HttpFaultException">One has no id.</exception>
    public static IReadOnlyList<ScimResource> Resources(JsonObject page) =>
        [.. (page["Resources"] as JsonArray ?? []).OfType<JsonObject>().Select(content => ScimResource.Of(content, null))];

    private static long Total(JsonObject page, string endpoint) => ScimValue.Read(page["totalResults"]) is { Kind: ValueKind.Integer } total
        ? total.AsInteger()
        : throw Incomplete($"{endpoint}: the service does not say how many resources there are (totalResults).");

    private static HttpFaultException Moved(string endpoint) =>
        new($"{endpoint}: resources moved from page to page while they were read, so that some may be missed. They are read again.", FaultKind.Transient);

    private static HttpFaultException Incomplete(string problem) => new($"{problem} What was read is not known to be complete.", FaultKind.Transient);

    private static string Text(int number) => number.ToString(System.Globalization.CultureInfo.InvariantCulture);
}
