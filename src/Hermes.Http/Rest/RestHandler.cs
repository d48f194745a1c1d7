using Hermes.Abstractions;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;
using Hermes.Http.Connection;
using Hermes.Http.Source;

namespace Hermes.Http.Rest;

/// <summary>Applies the changes of one data type. Every operation is made of steps, each of which may be done again.</summary>
internal sealed class RestHandler(RestLayout layout, RestClient client, RestFinder finder)
{
    private const int Conflict = 409;

    private readonly JsonPointer _id = JsonPointer.TryParse(layout.Options.Id)!;

    /// <summary>Applies a change.</summary>
    public Task ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken) => change switch
    {
        EntryAdded added => AddAsync(added.Entry, mayBeGone: false, context, cancellationToken),
        EntryModified modified => ModifyAsync(modified, context, cancellationToken),
        EntryTrashed trashed when layout.Trash is { } line => TrashAsync(line, trashed.Entry, context, cancellationToken),
        EntryTrashed trashed => RemoveAsync(trashed.Entry, context, cancellationToken),
        EntryRecycled recycled when layout.Recycle is { } line => RecycleAsync(line, recycled.Entry, context, cancellationToken),
        EntryRecycled recycled => AddAsync(recycled.Entry, mayBeGone: true, context, cancellationToken),
        EntryRemoved removed => RemoveAsync(removed.Previous, context, cancellationToken),
        _ => throw new NotSupportedException($"The change {change.Kind} is unknown."),
    };

    private async Task AddAsync(Entry entry, bool mayBeGone, TargetContext context, CancellationToken cancellationToken)
    {
        if (context.Link is { } link)
        {
            if (await client.FindAsync(layout.Find, entry, layout.IdOf(link), cancellationToken) is not null)
            {
                await context.StepAsync("put-object", token => new ValueTask(WriteAllAsync(link, entry, context, token)), cancellationToken);
                return;
            }

            if (!mayBeGone)
                throw Missing(link);
        }

        // An earlier attempt that got behind this step may have made it before its answer was lost.
        var (hasLooked, met) = (false, default(string));
        await context.PrepareAsync("look-for-object", async token =>
        {
            if (finder.IsCheap || context.IsRedelivery)
                met = await finder.ChooseAsync(await finder.FindAsync(entry, token), context.IsRedelivery, context, token);
            hasLooked = true;
        }, cancellationToken);
        await context.StepAsync("make-object", async token =>
        {
            var known = hasLooked ? met : await FindMadeAsync(entry, context, token);
            var made = known ?? await MakeAsync(entry, context, token);
            await context.SetLinkAsync(made, token);
            if (known is not null)
                await WriteAllAsync(made, entry, context, token);
        }, cancellationToken);
    }

    private async Task<string?> FindMadeAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await finder.ChooseAsync(await finder.FindAsync(entry, cancellationToken), mayBeMade: true, context, cancellationToken);

    private async Task<string> MakeAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        WebAnswer answer;
        try
        {
            var body = layout.AddBody?.Write(entry, null)
                ?? WantedMember.Put([], (await layout.WantedAsync(entry, context, cancellationToken)).Where(one => one.Value is not null)).ToJsonString();
            answer = await client.SendAsync(layout.Add, body, entry, null, context, cancellationToken);
        }
        catch (HttpFaultException lost) when (lost is { Fault: FaultKind.Transient, IsUndone: false })
        {
            // The answer is lost, and maybe nothing else. A second request might make a second one, or be refused for ever.
            if (await FindMadeAsync(entry, context, cancellationToken) is { } made)
                return made;
            throw;
        }

        if (answer.Status == Conflict)
        {
            var holders = await finder.FindAsync(entry, cancellationToken);
            return await finder.ChooseAsync(holders, mayBeMade: true, context, cancellationToken) ?? throw Taken(holders.Count > 0 ? holders[0] : null);
        }

        if (answer.Status >= 300)
        {
            throw new HttpFaultException($"{layout.Add.Method}: there is nothing at this address. Correct Path or Add. (Status {answer.Status}.)", FaultKind.Permanent)
                .At(answer.Address);
        }

        return LinkIn(answer) ?? await FindMadeAsync(entry, context, cancellationToken) ?? throw new HttpFaultException(
            $"The service made an object and told its id neither at {layout.Options.Id} (Id) nor by Location.", FaultKind.Permanent).At(answer.Address);
    }

    private string? LinkIn(WebAnswer answer)
    {
        if (answer.Content.Length > 0)
        {
            using var document = RestReader.Parse(answer);
            if (_id.TryFind(document.RootElement, out var found) && PlainJson.Read(found) is { IsSet: true, IsScalar: true } link && link.ToString() is { Length: > 0 } text)
                return layout.LinkOf(text);
        }

        return answer.Headers.Location is { } location && Uri.TryCreate(answer.Address, location, out var address)
            && Uri.UnescapeDataString(address.AbsolutePath.TrimEnd('/').Split('/')[^1]) is { Length: > 0 } end
                ? layout.LinkOf(end)
                : null;
    }

    private async Task ModifyAsync(EntryModified change, TargetContext context, CancellationToken cancellationToken)
    {
        // An attempt of which nothing is known may have changed what it is found by.
        var link = await FindKnownAsync(change.Previous, context, cancellationToken)
            ?? await FindKnownAsync(change.Entry, context, cancellationToken)
            ?? throw new HttpFaultException("There is no object of this entry, so that it cannot be changed. Somebody removed or renamed it.", FaultKind.Permanent);
        await context.StepAsync("modify-object", async token =>
        {
            if (layout.ModifyBody is { } body)
                await WriteAsync(layout.Modify, body.Write(change.Entry, layout.IdOf(link)), change.Entry, link, context, token);
            else if (await layout.ChangedAsync(change, context, token) is { Count: > 0 } changed)
                await WriteAsync(link, change.Entry, changed, context, token);
        }, cancellationToken);
    }

    private async Task WriteAllAsync(string link, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (layout.ModifyBody is { } body)
            await WriteAsync(layout.Modify, body.Write(entry, layout.IdOf(link)), entry, link, context, cancellationToken);
        else
            await WriteAsync(link, entry, await layout.WantedAsync(entry, context, cancellationToken), context, cancellationToken);
    }

    private async Task WriteAsync(string link, Entry entry, IReadOnlyList<WantedMember> wanted, TargetContext context, CancellationToken cancellationToken)
    {
        if (layout.Modify.Method == HttpMethod.Patch)
        {
            await WriteAsync(layout.Modify, WantedMember.Put([], wanted, tellsRemoval: true).ToJsonString(), entry, link, context, cancellationToken);
            return;
        }

        // What others wrote goes back as it was read.
        var there = await client.FindAsync(layout.Find, entry, layout.IdOf(link), cancellationToken) ?? throw Missing(link);
        var before = there.ToJsonString();
        if (WantedMember.Put(there, wanted).ToJsonString() is var after && after != before)
            await WriteAsync(layout.Modify, after, entry, link, context, cancellationToken);
    }

    private async Task WriteAsync(RequestLine line, string? body, Entry entry, string link, TargetContext context, CancellationToken cancellationToken)
    {
        var answer = await client.SendAsync(line, body, entry, layout.IdOf(link), context, cancellationToken);
        if (answer.Status == Conflict)
            throw Taken(null);
        if (answer.Status >= 300)
            throw Missing(link);
    }

    private async Task TrashAsync(RequestLine line, Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("trash-object", async token =>
        {
            if (await FindKnownAsync(entry, context, token) is { } link
                && (await client.SendAsync(line, layout.TrashBody?.Write(entry, layout.IdOf(link)), entry, layout.IdOf(link), context, token)).Status == Conflict)
            {
                throw Taken(null);
            }
        }, cancellationToken);

    private async Task RecycleAsync(RequestLine line, Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (await FindKnownAsync(entry, context, cancellationToken) is not { } link)
        {
            await AddAsync(entry, mayBeGone: true, context, cancellationToken);
            return;
        }

        await context.StepAsync(
            "recycle-object", token => new ValueTask(WriteAsync(line, layout.RecycleBody?.Write(entry, layout.IdOf(link)), entry, link, context, token)), cancellationToken);
    }

    private async Task RemoveAsync(Entry entry, TargetContext context, CancellationToken cancellationToken) =>
        await context.StepAsync("remove-object", async token =>
        {
            if (await FindKnownAsync(entry, context, token) is not { } link)
                return;
            var answer = await client.SendAsync(layout.Remove, null, entry, layout.IdOf(link), context, token);
            if (answer.Status == Conflict)
                throw new HttpFaultException($"The service does not let go of it: something else may need it still. (Status {Conflict}.)", FaultKind.Permanent).At(answer.Address);
        }, cancellationToken);

    // The object of an entry that has one: by its link, or, of an earlier state, by what it is found by.
    private async Task<string?> FindKnownAsync(Entry entry, TargetContext context, CancellationToken cancellationToken)
    {
        if (context.Link is { } link)
            return link;
        if (await FindMadeAsync(entry, context, cancellationToken) is not { } found)
            return null;
        await context.SetLinkAsync(found, cancellationToken);
        return found;
    }

    private static TargetMissingException Missing(string link) => new($"The object {link} is not there any more. Somebody removed it.");

    private static TargetConflictException Taken(string? holder) => new($"The service says that something is taken which must be unique. (Status {Conflict}.)", holder);
}
