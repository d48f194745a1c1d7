using System.Text.Json.Nodes;
using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>
/// A list of references in resources, such as the members of a group. Members are added and taken out by difference, never by a list that replaces another, and read back: what a
/// service did not take is told, since some answer that all went well. Doing it twice does no harm.
/// </summary>
internal sealed class MemberList(
    string local, ScimPath path, ResourceLayout layout, ScimTargetOptions options, ScimClient client, ServiceProfile profile, ResourceWriter writer)
{
    private const string Value = "value";
    private const string Advice = "The service said that all went well. Try another MemberRemoval, or Update.";
    private const int MostShown = 5;
    private const int MostRefused = 20;

    /// <summary>The local attribute.</summary>
    public string Local => local;

    /// <summary>Brings a resource to what its entry refers to. What leads to resources of nobody stays: it is somebody else's, or still to be adopted.</summary>
    /// <exception cref="HttpFaultException">The service refuses members, or does not answer.</exception>
    public async Task BringAsync(string id, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var wanted = await LinksAsync(entry, context, cancellationToken);
        var held = await ReadAsync(id, cancellationToken);
        var surplus = new List<string>();
        foreach (var member in held.Except(wanted))
        {
            if (await context.FindOwnerAsync(member, cancellationToken) is not null)
                surplus.Add(member);
        }

        await WriteAsync(id, [.. wanted.Except(held)], surplus, cancellationToken);
    }

    /// <summary>Adds who came by a change, and takes out who went.</summary>
    /// <exception cref="HttpFaultException">The service refuses members, or does not answer.</exception>
    public async Task ChangeAsync(string id, EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var before = await LinksAsync(change.Previous, context, cancellationToken);
        var after = await LinksAsync(change.Entry, context, cancellationToken);
        var held = await ReadAsync(id, cancellationToken);
        await WriteAsync(id, [.. after.Except(before).Except(held)], [.. before.Except(after).Intersect(held)], cancellationToken);
    }

    private static JsonNode ElementOf(string member) => new JsonObject { [Value] = member };

    private async Task<IReadOnlyList<string>> LinksAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        [.. (await context.FindReferencesAsync(entry, local, cancellationToken)).Select(reference => reference.Link).OfType<string>().Distinct(StringComparer.Ordinal)];

    private async Task<HashSet<string>> ReadAsync(string id, CancellationToken cancellationToken)
    {
        var resource = await client.FindAsync(layout.Endpoint, id, null, cancellationToken) ?? throw writer.Missing(id);
        return [.. Members(resource.Content).Select(ValueOf).OfType<string>()];
    }

    private IEnumerable<JsonNode?> Members(JsonObject content) =>
        ((path.Schema is null ? content : content[path.Schema] as JsonObject)?[path.Attribute] as JsonArray) ?? Enumerable.Empty<JsonNode?>();

    private static string? ValueOf(JsonNode? member) => (member as JsonObject)?[Value]?.ToString();

    private async Task WriteAsync(string id, IReadOnlyList<string> joined, IReadOnlyList<string> left, CancellationToken cancellationToken)
    {
        if (joined.Count + left.Count == 0)
            return;
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
        string[] missing = [.. joined.Where(member => !held.Contains(member))], surplus = [.. left.Where(held.Contains)];
        if (missing.Length + surplus.Length > 0)
        {
            var what = $"{Told(missing, "was not added")}{Told(surplus, "was not taken out")}{refusal?.Message ?? Advice}";
            throw new HttpFaultException($"{layout.Endpoint}/{id}: {what}", FaultKind.Permanent);
        }
    }

    private static string Told(string[] members, string what) => members.Length == 0
        ? ""
        : $"of the members it should have had, {members.Length} {what} ({string.Join(", ", members.Take(MostShown))}{(members.Length > MostShown ? ", ..." : "")}). ";

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

    private static JsonArray Array(IReadOnlyList<string> members) => new([.. members.Select(ElementOf)]);
}
