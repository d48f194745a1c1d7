using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>
/// Changes resources by PATCH, or by PUT where the service knows no other way: then with all that was read of them, so that nothing is lost that is not Hermes' own.
/// </summary>
internal sealed class ResourceWriter(ResourceLayout layout, ScimClient client, ServiceProfile profile)
{
    private const int MostMerges = 5;

    /// <summary>Brings a resource to what it should have. What it has is not written.</summary>
    /// <returns>False if a value that must be unique is taken.</returns>
    /// <exception cref="TargetMissingException">It is gone.</exception>
    /// <exception cref="HttpFaultException">The service refuses it, or does not answer.</exception>
    public async Task<bool> TryWriteAsync(ScimResource resource, IReadOnlyList<WantedValue> wanted, bool showsDetail, CancellationToken cancellationToken)
    {
        if (!await profile.PatchesAsync(cancellationToken))
            return await TryMergeAsync(resource.Id, content => Merge(content, wanted), showsDetail, cancellationToken);
        var operations = PatchOperations.Between(resource.Content, wanted);
        return operations.Count == 0
            || IsDone(await client.PatchAsync(layout.Endpoint, resource.Id, PatchOperations.Body(operations), cancellationToken), resource.Id, showsDetail);
    }

    /// <summary>Reads a resource, changes it and writes it back, again if somebody else changed it in between.</summary>
    /// <param name="id">Which one.</param>
    /// <param name="change">Changes it; tells whether it did.</param>
    /// <param name="showsDetail">Whether the service's own words are shown.</param>
    /// <param name="cancellationToken">Gives up.</param>
    /// <returns>False if a value that must be unique is taken.</returns>
    public async Task<bool> TryMergeAsync(string id, Func<JsonObject, bool> change, bool showsDetail, CancellationToken cancellationToken)
    {
        for (var merges = 1; ; merges++)
        {
            var resource = await client.FindAsync(layout.Endpoint, id, null, cancellationToken) ?? throw Missing(id);
            var content = resource.Content.DeepClone().AsObject();
            if (!change(content))
                return true;
            Strip(content);
            var answer = await client.PutAsync(layout.Endpoint, id, content, resource.Version, cancellationToken);
            if (answer.Status != 412 || merges == MostMerges)
                return IsDone(answer, id, showsDetail);
        }
    }

    /// <summary>What is thrown when a linked resource is gone.</summary>
    public TargetMissingException Missing(string id) => new($"The resource {layout.Endpoint}/{id} is no longer there: somebody deleted it.");

    private bool IsDone(ScimAnswer answer, string id, bool showsDetail) => answer switch
    {
        { IsSuccess: true } => true,
        { IsConflict: true } => false,
        { IsMissing: true } => throw Missing(id),
        { Status: 412 } => throw new HttpFaultException(answer.Refusal(showsDetail).Message, FaultKind.Transient),
        _ => throw answer.Refusal(showsDetail),
    };

    private bool Merge(JsonObject content, IReadOnlyList<WantedValue> wanted)
    {
        var changes = wanted.Where(one => !PatchOperations.IsHeld(content, one) && (one.IsHidden || one.Value is not null || one.Path.Read(content) is not null)).ToList();
        foreach (var one in changes)
            one.Path.Write(content, one.Value);
        return changes.Count > 0;
    }

    // Nulls and empty lists are refused by some, and say no more than nothing; what the service alone writes is its own business.
    private void Strip(JsonObject content)
    {
        content.Remove("meta");
        content.Remove("groups");
        var schemas = (content["schemas"] as JsonArray ?? []).Select(schema => schema?.ToString()).OfType<string>();
        content["schemas"] = new JsonArray([.. schemas.Union(layout.Schemas, StringComparer.OrdinalIgnoreCase).Select(name => (JsonNode)JsonValue.Create(name)!)]);
        StripEmpty(content);
    }

    private static void StripEmpty(JsonObject content)
    {
        foreach (var part in content.Select(pair => pair.Value).OfType<JsonObject>())
            StripEmpty(part);
        foreach (var name in content.Where(pair => pair.Value is null or JsonArray { Count: 0 } or JsonObject { Count: 0 }).Select(pair => pair.Key).ToList())
            content.Remove(name);
    }
}
