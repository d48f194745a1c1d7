using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Api;

/// <summary>The routes that let clients do something.</summary>
internal static class ClientActionRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        foreach (var isPaused in new[] { true, false })
        {
            var (path, summary) = isPaused ? ("pause", "Calls the target no more until resumed") : ("resume", "Goes on");
            Act<ReasonBody>(group, path, Access.Operate, summary, async (context, client, asking, body) =>
                Answer(client, await asking.SetPausedAsync(client, isPaused, Actors.By(context, body.Reason), Asking.PatienceOfPrograms)))
                .Produces(StatusCodes.Status204NoContent).Produces<ClientStatus>(StatusCodes.Status202Accepted);
        }

        Begin<EventsBody>(group, "retry", "Tries events of the error queue now", (client, body, by) => client.RetryAsync(body.ToSelection(), by), body => body.Reason);
        Begin<EventsBody>(group, "discard", "Drops events from the error queue: the target never gets them", (client, body, by) =>
            client.DiscardAsync(body.ToSelection(), by), body => body.Reason);
        Begin<TrashBody>(group, "purge", "Removes entries from the trashbin for good", (client, body, by) => client.PurgeAsync(body.ToSelection(), by), body => body.Reason);

        foreach (var isApproved in new[] { true, false })
        {
            Act<DecisionBody>(group, $"removals/{{set}}/{(isApproved ? "approve" : "reject")}", Access.Approve, isApproved
                ? "Lets removals be made: those of the digest that you looked at"
                : "Keeps the entries: those of the digest that you looked at", async (context, client, asking, body) =>
            {
                var by = Actors.By(context, body.Reason);
                return Answer(client, await asking.DecideAsync(client, context.RouteText("set"), isApproved, body.ToDigest(), by, Asking.PatienceOfPrograms));
            }).Produces(StatusCodes.Status204NoContent).Produces<ClientStatus>(StatusCodes.Status202Accepted);
        }

        Act<ReasonBody>(group, "operations/{operation}/cancel", Access.Operate, "Lets an operation end soon; what it has done stays done", async (context, client, asking, body) =>
        {
            var operation = ClientRoutes.OperationOf(context, client);
            await asking.CancelAsync(client, operation, Actors.By(context, body.Reason));
            return ApiJson.Answer(operation.Status);
        }).Produces<OperationStatus>();
    }

    private static void Begin<TBody>(
        RouteGroupBuilder group, string path, string summary, Func<IHermesClientControl, TBody, DecidedBy, Task<Operation>> begin, Func<TBody, string?> reason)
        where TBody : class => Act<TBody>(group, path, Access.Operate, summary, async (context, client, _, body) =>
        {
            var operation = await begin(client, body, Actors.By(context, reason(body)));
            var place = $"{RouteFacts.RootOf(context)}api/v1/clients/{Uri.EscapeDataString(client.Name)}/operations/{operation.Id}";
            context.Response.Headers.Location = place;
            return ApiJson.Answer(operation.Status, StatusCodes.Status202Accepted);
        }).Produces<OperationStatus>(StatusCodes.Status202Accepted);

    private static RouteHandlerBuilder Act<TBody>(
        RouteGroupBuilder group, string path, Access access, string summary, Func<HttpContext, IHermesClientControl, Asking, TBody, Task<IResult>> act)
        where TBody : class => group
        .Api("POST", $"clients/{{client}}/{path}", access, summary, async (HttpContext context, Participants all, Asking asking) =>
            await act(context, all.Client(context), asking, await ApiJson.ReadAsync<TBody>(context)))
        .WithMetadata(new TakesBody(typeof(TBody)))
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static IResult Answer(IHermesClientControl client, Answered answered) =>
        answered.HasEnded ? TypedResults.NoContent() : ApiJson.Answer(client.Status, StatusCodes.Status202Accepted);
}
