using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;

namespace Hermes.Http.Scim;

/// <summary>Applies the changes of one data type. Every operation is made of steps, each of which may be done again.</summary>
internal sealed class ResourceHandler(
    ResourceLayout layout, ScimClient client, ResourceFinder finder, ResourceWriter writer, Ownership ownership, IReadOnlyList<MemberList> lists) : ITypeHandler
{
    private const string Mark = "-hermes-";
    private const int MarkLength = 8;

    /// <summary>Applies a change.</summary>
    public Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => change switch
    {
        EntryAdded added => AddAsync(added, added.Entry, mayBeGone: false, context, cancellationToken),
        EntryModified modified => ModifyAsync(modified, context, cancellationToken),
        EntryTrashed trashed => TrashAsync(trashed, context, cancellationToken),
        EntryRecycled recycled => RecycleAsync(recycled, context, cancellationToken),
        EntryRemoved removed => DeleteAsync(removed.Previous, context, cancellationToken),
        _ => throw new NotSupportedException($"The change {change.Kind} is unknown."),
    };

    /// <summary>Gives a resource a name that cannot be mistaken.</summary>
    public async Task<bool> StepAsideAsync(string link, CancellationToken cancellationToken)
    {
        if (layout.Match.FirstOrDefault().Path is not { } path || await FindAsync(link, cancellationToken) is not { } resource
            || ScimValue.Read(path.Read(resource.Content)) is not { Kind: ValueKind.String } held)
        {
            return false;
        }

        var name = held.AsString();
        if (name.Contains(Mark, StringComparison.Ordinal))
            return true;

        // A name may have to be an address of mail.
        var at = name.IndexOf('@', StringComparison.Ordinal);
        var signs = new string([.. link.Where(char.IsAsciiLetterOrDigit).TakeLast(MarkLength)]);
        var aside = ScimValue.Write(name.Insert(at < 0 ? name.Length : at, Mark + signs), booleansAsText: false);
        return await writer.TryWriteAsync(resource, [new(path, aside)], showsDetail: true, cancellationToken);
    }

    private async Task AddAsync(TargetChange change, Entry entry, bool mayBeGone, TargetContext context, CancellationToken cancellationToken)
    {
        if (context.Link is { } link)
        {
            if (await FindAsync(link, cancellationToken) is { } known)
            {
                await PutAsync(change, entry, _ => Task.FromResult<ScimResource?>(known), context, cancellationToken);
                return;
            }

            if (!mayBeGone)
                throw writer.Missing(link);
        }

        var (hasLooked, met) = (false, default(ScimResource));
        await context.PrepareAsync("look-for-resource", async token =>
        {
            met = await ownership.ChooseAsync(await finder.FindAsync(entry, token), entry, context.IsRedelivery, context, token);
            hasLooked = true;
        }, cancellationToken);

        // An earlier attempt looked, so that what is there now may be what it made before its answer was lost.
        await PutAsync(
            change,
            entry,
            async token => hasLooked ? met : await ownership.ChooseAsync(await finder.FindAsync(entry, token), entry, mayBeMade: true, context, token),
            context,
            cancellationToken);
    }

    private async Task PutAsync(TargetChange change, Entry entry, Func<CancellationToken, Task<ScimResource?>> find, TargetContext context, CancellationToken cancellationToken)
    {
        await context.StepAsync("put-resource", async token =>
        {
            var wanted = await layout.WantedAsync(entry, context, token);
            var (resource, isNew) = await find(token) is { } found ? (found, false) : await CreateAsync(change, entry, wanted, context, token);
            await context.SetLinkAsync(resource.Id, token);
            if (!isNew)
                await WriteAsync(resource, entry, wanted, change, context, token);
        }, cancellationToken);
        if (lists.Count > 0)
        {
            await context.StepAsync("set-members", async token =>
            {
                foreach (var list in lists)
                    await list.BringAsync(context.Link!, entry, context, token);
            }, cancellationToken);
        }
    }

    private async Task<(ScimResource Resource, bool IsNew)> CreateAsync(
        TargetChange change, Entry entry, IReadOnlyList<WantedValue> wanted, TargetContext context, CancellationToken cancellationToken)
    {
        ScimAnswer answer;
        try
        {
            answer = await client.PostAsync(layout.Endpoint, layout.NewResource(wanted), cancellationToken);
        }
        catch (HttpFaultException lost) when (lost is { Fault: FaultKind.Transient, IsUndone: false })
        {
            // The answer is lost, and maybe nothing else. A second POST might make a second one, or be refused for ever.
            if (await ownership.ChooseAsync(await finder.FindOwnAsync(entry, cancellationToken), entry, mayBeMade: true, context, cancellationToken) is { } made)
                return (made, false);
            throw;
        }

        if (answer.IsConflict)
        {
            var holders = await finder.FindHoldersAsync(entry, null, cancellationToken);
            return await ownership.ChooseAsync(holders, entry, mayBeMade: true, context, cancellationToken) is { } met
                ? (met, false)
                : throw await ownership.TakenAsync(holders, entry, context, cancellationToken);
        }

        if (!answer.IsSuccess)
            throw answer.Refusal(layout.MayShow(change));
        if (answer.Content is { } content && content["id"] is not null)
            return (ScimResource.Of(content, answer.Version), true);
        return await finder.FindOwnAsync(entry, cancellationToken) is [var told]
            ? (told, true)
            : throw new HttpFaultException(
                $"{layout.Endpoint}: the service made a resource and did not tell its id. Write the key to externalId, by which it is found.", FaultKind.Permanent);
    }

    private async Task ModifyAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        var resource = await RequireAsync(change, context, cancellationToken);
        var wanted = await layout.ChangedAsync(change, context, cancellationToken);
        if (wanted.Count > 0)
            await context.StepAsync("modify-resource", async token => await WriteAsync(resource, change.Entry, wanted, change, context, token), cancellationToken);
        if (lists.Where(list => change.Changes.Touches(list.Local)).ToList() is { Count: > 0 } changed)
        {
            await context.StepAsync("change-members", async token =>
            {
                foreach (var list in changed)
                    await list.ChangeAsync(resource.Id, change, context, token);
            }, cancellationToken);
        }

        if (layout.ChangedSecrets(change) is { Count: > 0 } secrets)
            await context.StepAsync("set-password", async token => await WriteAsync(resource, change.Entry, secrets, change, context, token), cancellationToken);
    }

    private async Task TrashAsync(EntryTrashed change, TargetContext context, CancellationToken cancellationToken)
    {
        if (layout.Trashed == ScimWhenTrashed.Delete)
        {
            await DeleteAsync(change.Entry, context, cancellationToken);
        }
        else if (layout.Trashed == ScimWhenTrashed.Deactivate)
        {
            await context.StepAsync("deactivate-resource", async token =>
            {
                if (await FindKnownAsync(change.Entry, context, token) is { } resource)
                    await WriteAsync(resource, change.Entry, [layout.Active(false)], change, context, token);
            }, cancellationToken);
        }
    }

    private async Task RecycleAsync(EntryRecycled change, TargetContext context, CancellationToken cancellationToken)
    {
        if (layout.Trashed == ScimWhenTrashed.Delete)
            await AddAsync(change, change.Entry, mayBeGone: true, context, cancellationToken);
        else if (context.Link is null && await FindKnownAsync(change.Entry, context, cancellationToken) is { } resource)
            await PutAsync(change, change.Entry, _ => Task.FromResult<ScimResource?>(resource), context, cancellationToken);
        else
            await AddAsync(change, change.Entry, mayBeGone: false, context, cancellationToken);
    }

    private async Task DeleteAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("delete-resource", async token =>
        {
            if ((context.Link ?? (await FindKnownAsync(entry, context, token))?.Id) is not { } id)
                return;
            var answer = await client.DeleteAsync(layout.Endpoint, id, token);
            if (!answer.IsSuccess && !answer.IsMissing)
                throw answer.Refusal(showsDetail: true);
        }, cancellationToken);

    private async Task WriteAsync(
        ScimResource resource, Entry entry, IReadOnlyList<WantedValue> wanted, TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        if (await writer.TryWriteAsync(resource, wanted, layout.MayShow(change), cancellationToken))
            return;
        throw await ownership.TakenAsync(await finder.FindHoldersAsync(entry, resource.Id, cancellationToken), entry, context, cancellationToken);
    }

    private Task<ScimResource?> FindAsync(string id, CancellationToken cancellationToken) => client.FindAsync(layout.Endpoint, id, layout.Without, cancellationToken);

    private async Task<ScimResource> RequireAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        if (context.Link is { } link)
            return await FindAsync(link, cancellationToken) ?? throw writer.Missing(link);

        // An attempt of which nothing is known may have changed what it is found by.
        return await FindKnownAsync(change.Previous, context, cancellationToken)
            ?? await FindKnownAsync(change.Entry, context, cancellationToken)
            ?? throw new HttpFaultException(
                $"{layout.Endpoint}: there is no resource of this entry, so that it cannot be changed. Somebody deleted or renamed it.", FaultKind.Permanent);
    }

    // The resource of an entry that has one: by its link, or, of an earlier state, by what it is found by.
    private async Task<ScimResource?> FindKnownAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (context.Link is { } link)
            return await FindAsync(link, cancellationToken);
        foreach (var resource in await finder.FindAsync(entry, cancellationToken))
        {
            if (!ownership.WasIts(resource, entry) || await Ownership.OwnerAsync(resource, context, cancellationToken) is not null)
                continue;
            await context.SetLinkAsync(resource.Id, cancellationToken);
            return resource;
        }

        return null;
    }
}
