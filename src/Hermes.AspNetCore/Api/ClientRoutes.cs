using System.Globalization;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Control;
using Hermes.Runtime.Lists;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Api;

/// <summary>The routes that tell about clients.</summary>
internal static class ClientRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        group.Api("GET", "clients", Access.Read, "The clients", (Participants all) => ApiJson.Answer(HostSummary.Of(all).Clients)).Produces<ClientSummary[]>();
        group.Api("GET", "clients/{client}", Access.Read, "How a client is doing", (HttpContext context, Participants all) => ApiJson.Answer(all.Client(context).Status))
            .Produces<ClientStatus>().ProducesProblem(StatusCodes.Status404NotFound);
        group.Api("GET", "clients/{client}/counts", Access.Read, "How many entries of each type there are", async (HttpContext context, Participants all) =>
            ApiJson.Answer(await all.Client(context).CountEntriesAsync(context.RequestAborted))).Produces<EntryCounts[]>();

        List(group, "queue", "The error queue", (client, context, query) => client.ListErrorQueueAsync(query, context.RequestAborted));
        group.Api("GET", "clients/{client}/queue/{number}", Access.Read, "An event of the error queue", async (HttpContext context, Participants all) =>
            ApiJson.Answer(await EventOfAsync(context, all.Client(context))))
            .Produces<QueuedEventInfo>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable);
        List(group, "groups", "What the events of the error queue failed of", (client, context, query) => client.ListFailureGroupsAsync(query, context.RequestAborted));
        List(group, "trashbin", "The trashbin", (client, context, query) => client.ListTrashbinAsync(query, context.RequestAborted));
        List(group, "deadletters", "The messages that were set aside", (client, context, query) => client.ListDeadLettersAsync(query, context.RequestAborted));
        List(group, "references", "The references that the target does not have yet", (client, context, query) => client.ListPendingReferencesAsync(query, context.RequestAborted));
        List(group, "removals", "The removals that wait for a decision", (client, context, query) => client.ListHeldRemovalsAsync(query, context.RequestAborted));
        List(group, "removals/{set}/entries", "The keys of a set that waits for a decision", (client, context, query) =>
            client.ListHeldEntriesAsync(context.RouteText("set"), query, context.RequestAborted));
        List(group, "entries/{side}/{type}", "The entries of a type; the side is 'local' or 'remote'", (client, context, query) =>
            client.ListEntriesAsync(TableOf(context), query, context.RequestAborted));
        List(group, "comparisons", "The latest comparison of each type with the target", (client, context, query) =>
            client.Comparisons.ListReportsAsync(query, context.RequestAborted));
        List(group, "comparisons/{type}/findings", "What a comparison found", (client, context, query) =>
            client.Comparisons.ListFindingsAsync(context.RouteText("type"), query, context.RequestAborted));
        List(group, "links/{type}", "Which object of the target is which entry's", (client, context, query) =>
            client.Links.ListAsync(context.RouteText("type"), query, context.RequestAborted));
        List(group, "operations", "The operations: those that run, and the last that have ended", (client, _, query) => client.Operations.ListAsync(query));
        group.Api("GET", "clients/{client}/operations/{operation}", Access.Read, "How an operation is doing, or how it ended", (HttpContext context, Participants all) =>
            ApiJson.Answer(OperationOf(context, all.Client(context)).Status)).Produces<OperationStatus>().ProducesProblem(StatusCodes.Status404NotFound);
    }

    /// <summary>The operation that a route names.</summary>
    /// <exception cref="RefusedException">There is none, or none any more.</exception>
    public static Operation OperationOf(HttpContext context, IHermesClientControl client) => client.Operations.Find(context.RouteText("operation"))
        ?? throw RefusedException.NotFound($"The client {client.Name} knows no operation '{context.RouteText("operation")}', or none any more.");

    // The queue is in the order of the numbers.
    private static async Task<QueuedEventInfo> EventOfAsync(HttpContext context, IHermesClientControl client)
    {
        var text = context.RouteText("number");
        if (!long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var number))
            throw RefusedException.NotFound($"'{text}' is no number of an event.");
        await foreach (var queued in Pages.ReadAllAsync(query => client.ListErrorQueueAsync(query, context.RequestAborted)))
        {
            if (queued.Number == number)
                return queued;
            if (queued.Number > number)
                break;
        }

        throw RefusedException.NotFound($"The error queue of the client {client.Name} has no event {number}, or not any more.");
    }

    private static void List<T>(RouteGroupBuilder group, string path, string summary, Func<IHermesClientControl, HttpContext, ListQuery, Task<Page<T>>> list) => group
        .Api("GET", $"clients/{{client}}/{path}", Access.Read, summary, async (HttpContext context, Participants all) =>
            ApiJson.Answer(await list(all.Client(context), context, ListParameters.Read(context.Request.Query))))
        .Produces<Page<T>>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithMetadata(new TakesQuery());

    private static EntryTable TableOf(HttpContext context) => context.RouteText("side").ToLowerInvariant() switch
    {
        "local" => EntryTable.Local(context.RouteText("type")),
        "remote" => EntryTable.Remote(context.RouteText("type")),
        _ => throw RefusedException.NotFound("The entries of a client are 'local' or 'remote'."),
    };
}
