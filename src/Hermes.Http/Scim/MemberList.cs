using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>A list of references of an entry that becomes one of its resource, such as the members of a group.</summary>
internal sealed class MemberList(string local, MemberWriter members)
{
    /// <summary>The local attribute.</summary>
    public string Local => local;

    /// <summary>Brings a resource to what its entry refers to. What leads to resources of nobody stays: it is somebody else's, or still to be adopted.</summary>
    /// <exception cref="HttpFaultException">The service refuses members, or does not answer.</exception>
    public async Task BringAsync(string id, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        var wanted = await LinksAsync(entry, context, cancellationToken);
        var held = await members.ReadAsync(id, cancellationToken);
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
        var held = await members.ReadAsync(id, cancellationToken);
        await WriteAsync(id, [.. after.Except(before).Except(held)], [.. before.Except(after).Intersect(held)], cancellationToken);
    }

    private async Task<IReadOnlyList<string>> LinksAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        [.. (await context.FindReferencesAsync(entry, local, cancellationToken)).Select(reference => reference.Link).OfType<string>().Distinct(StringComparer.Ordinal)];

    private async Task WriteAsync(string id, IReadOnlyList<string> joined, IReadOnlyList<string> left, CancellationToken cancellationToken)
    {
        if ((await members.WriteAsync(id, joined, left, cancellationToken)).FaultOf(_ => true) is { } fault)
            throw fault;
    }
}
