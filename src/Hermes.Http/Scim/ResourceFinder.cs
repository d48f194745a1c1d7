using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>Looks for the resources that an entry without a link may have, by <c>externalId</c> and by what the settings say.</summary>
internal sealed class ResourceFinder(ResourceLayout layout, ScimClient client, ServiceProfile profile, ResourcePages pages)
{
    /// <summary>The resources that <c>externalId</c> finds, or else the first of the other attributes that finds one.</summary>
    /// <exception cref="HttpFaultException">The service does not answer as it should.</exception>
    public async Task<IReadOnlyList<ScimResource>> FindAsync(Entry entry, CancellationToken cancellationToken)
    {
        foreach (var (path, wanted) in Rules(entry))
        {
            if (await SearchAsync(path, wanted, cancellationToken) is { Count: > 0 } found)
                return found;
        }

        return [];
    }

    /// <summary>The resources that <c>externalId</c> finds; none if no attribute is written to it.</summary>
    /// <exception cref="HttpFaultException">The service does not answer as it should.</exception>
    public async Task<IReadOnlyList<ScimResource>> FindOwnAsync(Entry entry, CancellationToken cancellationToken) =>
        layout.ExternalId is { } local && layout.Of(entry, local) is { } wanted ? await SearchAsync(ScimPath.ExternalId, wanted, cancellationToken) : [];

    /// <summary>
    /// The resources that may have what a service refuses as taken. A filter may tell upper from lower case where the service itself does not, so that all are read if it finds
    /// nothing.
    /// </summary>
    /// <param name="entry">The entry.</param>
    /// <param name="own">The id of the entry's own resource, which is in nobody's way; null if it has none.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <exception cref="HttpFaultException">The service does not answer as it should.</exception>
    public async Task<IReadOnlyList<ScimResource>> FindHoldersAsync(Entry entry, string? own, CancellationToken cancellationToken)
    {
        var rules = Rules(entry).ToList();
        foreach (var (path, wanted) in rules)
        {
            if ((await SearchAsync(path, wanted, cancellationToken)).Where(resource => resource.Id != own).ToList() is { Count: > 0 } found)
                return found;
        }

        var holders = new List<ScimResource>();
        await foreach (var resource in pages.ReadAsync(layout.Endpoint, layout.Without, cancellationToken))
        {
            if (resource.Id != own && rules.Exists(rule => Has(resource, rule.Path, rule.Wanted, ignoresCase: true)))
                holders.Add(resource);
        }

        return holders;
    }

    /// <summary>Whether a resource has the <c>externalId</c> of an entry.</summary>
    public bool IsMarked(ScimResource resource, Entry entry) =>
        layout.ExternalId is { } local && layout.Of(entry, local) is { } wanted && Has(resource, ScimPath.ExternalId, wanted, ignoresCase: false);

    private IEnumerable<(ScimPath Path, JsonNode Wanted)> Rules(Entry entry)
    {
        if (layout.ExternalId is { } local && layout.Of(entry, local) is { } own)
            yield return (ScimPath.ExternalId, own);
        foreach (var (name, path) in layout.Match)
        {
            if (layout.Of(entry, name) is { } wanted)
                yield return (path, wanted);
        }
    }

    private async Task<IReadOnlyList<ScimResource>> SearchAsync(ScimPath path, JsonNode wanted, CancellationToken cancellationToken)
    {
        if (await profile.FiltersAsync(cancellationToken))
        {
            var filter = $"{path.Compared} eq {wanted.ToJsonString()}";
            var answer = await client.GetAsync(layout.Endpoint, cancellationToken, [("filter", filter), .. ResourcePages.Without(layout.Without)]);
            if (!answer.IsSuccess)
                throw answer.Refusal(showsDetail: true);
            var told = ResourcePages.Resources(answer.Require());

            // A service that ignores a filter tells what nobody asked for, and maybe only the first of it.
            if (told.All(resource => Has(resource, path, wanted, ignoresCase: true)))
                return [.. told.Where(resource => Has(resource, path, wanted, ignoresCase: path != ScimPath.ExternalId))];
        }

        var found = new List<ScimResource>();
        await foreach (var resource in pages.ReadAsync(layout.Endpoint, layout.Without, cancellationToken))
        {
            if (Has(resource, path, wanted, ignoresCase: path.IgnoresCase))
                found.Add(resource);
        }

        return found;
    }

    private static bool Has(ScimResource resource, ScimPath path, JsonNode wanted, bool ignoresCase)
    {
        var (held, value) = (path.Read(resource.Content), ScimValue.Read(wanted));
        return ScimValue.AreSame(value, ScimValue.Read(held), ignoresCase)
            || (path.Type is not null && Parts(resource.Content, path).Any(part => ScimValue.AreSame(value, part, ignoresCase)));
    }

    // A filter compares all elements of a list, whatever their type.
    private static IEnumerable<Value> Parts(JsonObject content, ScimPath path) =>
        ScimValue.Read((path with { Type = null, IsList = true }).Read(content)) is { Kind: ValueKind.List } all ? all.AsList() : [];
}
