using Hermes.AspNetCore.Api;
using Hermes.AspNetCore.Dashboard.Parts;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>The pages of a client.</summary>
internal static class ClientPages
{
    private static readonly ListQuery FirstGroups = new() { Size = 10 };

    public static void Map(RouteGroupBuilder group)
    {
        group.Page("GET", "clients/{client}", Access.Read, async (HttpContext context, Participants all) =>
        {
            var client = all.Client(context);
            var (counts, removals, groups, problem) = await ReadAsync(client, context.RequestAborted);
            return await PageResults.ShowAsync<ClientPage>(context, new Dictionary<string, object?>
            {
                [nameof(ClientPage.Name)] = client.Name,
                [nameof(ClientPage.Status)] = client.Status,
                [nameof(ClientPage.Counts)] = counts,
                [nameof(ClientPage.Removals)] = removals,
                [nameof(ClientPage.Groups)] = groups,
                [nameof(ClientPage.Problem)] = problem,
            });
        });

        List<QueuePage, QueuedEventInfo>(group, "queue", (client, query, end) => client.ListErrorQueueAsync(CountedIfCheap(query), end));
        List<GroupsPage, FailureGroup>(group, "groups", (client, query, end) => client.ListFailureGroupsAsync(query, end));
        List<EventPage, QueuedEventInfo>(group, "queue/entry", (client, query, end) => query.Filter is { Type: not null, Key: not null }
            ? client.ListErrorQueueAsync(query, end)
            : throw RefusedException.BadRequest("Name the type and the key of the entry."));
        List<TrashbinPage, TrashedEntry>(group, "trashbin", (client, query, end) => client.ListTrashbinAsync(query, end));
        List<DeadLettersPage, ClientRuntime.State.DeadLetter>(group, "deadletters", (client, query, end) => client.ListDeadLettersAsync(query, end));
        List<ReferencesPage, PendingReference>(group, "references", (client, query, end) => client.ListPendingReferencesAsync(query, end));
        List<OperationsPage, OperationStatus>(group, "operations", (client, query, _) => client.Operations.ListAsync(query));

        group.Page("GET", "clients/{client}/removals/{set}", Access.Read, async (HttpContext context, Participants all) =>
        {
            var (client, query, set) = (all.Client(context), ListParameters.Read(context.Request.Query), context.RouteText("set"));
            return await PageResults.ShowAsync<HeldKeysPage>(context, new Dictionary<string, object?>
            {
                [nameof(HeldKeysPage.Client)] = client.Name,
                [nameof(HeldKeysPage.Set)] = set,
                [nameof(HeldKeysPage.Query)] = query,
                [nameof(HeldKeysPage.Items)] = await client.ListHeldEntriesAsync(set, query, context.RequestAborted),
            });
        });

        group.Page("GET", "clients/{client}/operations/{operation}", Access.Read, async (HttpContext context, Participants all) =>
            await PageResults.ShowAsync<OperationPage>(context, new Dictionary<string, object?>
            {
                [nameof(OperationPage.Client)] = all.Client(context).Name,
                [nameof(OperationPage.Status)] = ClientRoutes.OperationOf(context, all.Client(context)).Status,
            }));
    }

    private static void List<TPage, T>(RouteGroupBuilder group, string path, Func<IHermesClientControl, ListQuery, CancellationToken, Task<Page<T>>> list)
        where TPage : ClientListPage<T> => group.Page("GET", $"clients/{{client}}/{path}", Access.Read, async (HttpContext context, Participants all) =>
        {
            var (client, query) = (all.Client(context), ListParameters.Read(context.Request.Query));
            return await PageResults.ShowAsync<TPage>(context, new Dictionary<string, object?>
            {
                [nameof(ClientListPage<T>.Client)] = client.Name,
                [nameof(ClientListPage<T>.Query)] = query,
                [nameof(ClientListPage<T>.Items)] = await list(client, query, context.RequestAborted),
            });
        });

    // To count what a filter means takes long; how many there are is known.
    private static ListQuery CountedIfCheap(ListQuery query) => query.Filter.IsAll ? query with { WithTotal = true } : query;

    // How a client that cannot be asked now is doing is what its page is for.
    private static async Task<(IReadOnlyList<EntryCounts>? Counts, Page<HeldRemovalsInfo>? Removals, Page<FailureGroup>? Groups, string? Problem)> ReadAsync(
        IHermesClientControl client, CancellationToken cancellationToken)
    {
        try
        {
            return (
                await client.CountEntriesAsync(cancellationToken),
                await client.ListHeldRemovalsAsync(null, cancellationToken),
                await client.ListFailureGroupsAsync(FirstGroups, cancellationToken),
                null);
        }
        catch (NotRunningException exception)
        {
            return (null, null, null, exception.Message);
        }
    }
}

/// <summary>A page that shows a page of a list of a client.</summary>
/// <typeparam name="T">What the list holds.</typeparam>
public abstract class ClientListPage<T> : ComponentBase
{
    /// <summary>The name of the client.</summary>
    [Parameter]
    [EditorRequired]
    public string Client { get; set; } = "";

    /// <summary>What was asked for.</summary>
    [Parameter]
    [EditorRequired]
    public ListQuery Query { get; set; } = ListQuery.First;

    /// <summary>What there is.</summary>
    [Parameter]
    [EditorRequired]
    public Page<T> Items { get; set; } = null!;
}
