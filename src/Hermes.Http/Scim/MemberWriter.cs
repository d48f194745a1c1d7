using System.Text.Json.Nodes;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>
/// The members of resources, or another list of ids. They are added and taken out by difference, never by a list that replaces another, and read back: some services answer that
/// all went well, and did nothing. Doing it twice does no harm.
/// </summary>
internal sealed class MemberWriter(
    ScimPath path, ResourceLayout layout, ScimTargetOptions options, ScimClient client, ServiceProfile profile, ResourceWriter writer)
{
    private const string Value = "value";
    private const int MostRefused = 20;

    /// <summary>The ids that a resource holds.</summary>
    /// <exception cref="TargetMissingException">The resource is gone.</exception>
    /// <exception cref="HttpFaultException">It could not be read.</exception>
    public async Task<HashSet<string>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var resource = await client.FindAsync(layout.Endpoint, id, null, cancellationToken) ?? throw writer.Missing(id);
        return [.. Members(resource.Content).Select(ValueOf).OfType<string>()];
    }

    /// <summary>Adds members who are none, and takes members out who are some.</summary>
    /// <returns>What was not done.</returns>
    /// <exception cref="TargetMissingException">The resource is gone.</exception>
    /// <exception cref="HttpFaultException">The service refuses all, or does not answer.</exception>
    public async Task<MemberOutcome> WriteAsync(string id, IReadOnlyList<string> joined, IReadOnlyList<string> left, CancellationToken cancellationToken)
    {
        var subject = $"{layout.Endpoint}/{id}";
        if (joined.Count + left.Count == 0)
            return new(subject, [], [], null);
        HttpFaultException? refusal = null;
        if (await profile.PatchesAsync(cancellationToken))
        {
            refusal = await PatchAsync(id, left, Removal, cancellationToken);
            refusal = await PatchAsync(id, joined, members => [PatchOperations.Of("add", path.Name, Array(members))], cancellationToken) ?? refusal;
        }
        else
        {
            await writer.TryMergeAsync(id, content => Merge(content, joined, left), showsDetail: true, cancellationToken);
        }

        var held = await ReadAsync(id, cancellationToken);
        return new(subject, [.. joined.Where(member => !held.Contains(member))], [.. left.Where(held.Contains)], refusal);
    }

    private static JsonNode ElementOf(string member) => new JsonObject { [Value] = member };

    private static string? ValueOf(JsonNode? member) => (member as JsonObject)?[Value]?.ToString();

    private static JsonArray Array(IReadOnlyList<string> members) => new([.. members.Select(ElementOf)]);

    private IEnumerable<JsonNode?> Members(JsonObject content) =>
        ((path.Schema is null ? content : content[path.Schema] as JsonObject)?[path.Attribute] as JsonArray) ?? Enumerable.Empty<JsonNode?>();

    // One that is refused must not keep the others out: what is refused is halved until it is alone.
    private async Task<HttpFaultException?> PatchAsync(
        string id, IReadOnlyList<string> members, Func<IReadOnlyList<string>, IEnumerable<JsonObject>> operations, CancellationToken cancellationToken)
    {
        HttpFaultException? refusal = null;
        var refused = 0;
        var chunks = new Stack<string[]>(members.Chunk(options.MembersPerRequest).Reverse());
        while (chunks.TryPop(out var chunk))
        {
            var answer = await client.PatchAsync(layout.Endpoint, id, PatchOperations.Body(operations(chunk)), cancellationToken);
            if (answer.IsSuccess)
                continue;
            refusal = answer.Refusal(showsDetail: true);
            if (!answer.MayBeSplit)
                throw refusal;
            if (chunk.Length > 1)
            {
                chunks.Push(chunk[(chunk.Length / 2)..]);
                chunks.Push(chunk[..(chunk.Length / 2)]);
            }
            else if (++refused == MostRefused)
            {
                throw refusal;
            }
        }

        return refusal;
    }

    private IEnumerable<JsonObject> Removal(IReadOnlyList<string> members) => options.MemberRemoval == ScimMemberRemoval.Values
        ? [PatchOperations.Of("remove", path.Name, Array(members))]
        : members.Select(member => PatchOperations.Of("remove", $"{path.Name}[{Value} eq {JsonValue.Create(member)!.ToJsonString()}]", null));

    private bool Merge(JsonObject content, IReadOnlyList<string> joined, IReadOnlyList<string> left)
    {
        var stay = Members(content).Where(member => ValueOf(member) is not { } value || !left.Contains(value)).Select(member => member?.DeepClone()).ToList();
        var known = stay.Select(ValueOf).ToHashSet(StringComparer.Ordinal);
        stay.AddRange(joined.Where(member => !known.Contains(member)).Select(ElementOf));
        (path with { IsList = false, Type = null, Part = null }).Write(content, stay.Count == 0 ? null : new JsonArray([.. stay]));
        return true;
    }
}
