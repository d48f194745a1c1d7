using System.Globalization;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.Runtime.Lists;
using Hermes.ServerRuntime.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Api;

/// <summary>The routes about servers.</summary>
internal static class ServerRoutes
{
    private const int MostPreviewed = 1000;

    public static void Map(RouteGroupBuilder group)
    {
        group.Api("GET", "servers", Access.Read, "The servers", (Participants all) => ApiJson.Answer(HostSummary.Of(all).Servers)).Produces<ServerSummary[]>();
        group.Api("GET", "servers/{server}", Access.Read, "How a server is doing", (HttpContext context, Participants all) => ApiJson.Answer(all.Server(context).Status))
            .Produces<ServerStatus>().ProducesProblem(StatusCodes.Status404NotFound);
        const string preview = "What a poll would send now; 'max' changes of a type and kind in full";
        group.Api("GET", "servers/{server}/preview", Access.Read, preview, async (HttpContext context, Participants all) =>
            ApiJson.Answer(await all.Server(context).PreviewAsync(ReadMost(context.Request.Query), context.RequestAborted))).Produces<PollPreview>();

        List(group, "entries/{type}", "The cached entries of a type", (server, context, query) =>
            server.ListEntriesAsync(context.RouteText("type"), query, context.RequestAborted));
        List(group, "findings", "What was the matter with entries at the last poll", (server, context, query) => server.ListFindingsAsync(query, context.RequestAborted));
        List(group, "removals", "The removals that are not sent", (server, context, query) => server.ListHeldRemovalsAsync(query, context.RequestAborted));
        List(group, "removals/{set}/entries", "The entries of a set that awaits a decision", (server, context, query) =>
            server.ListHeldEntriesAsync(context.RouteText("set"), query, context.RequestAborted));

        foreach (var action in Enum.GetValues<ServerAction>())
        {
            group.Api("POST", $"servers/{{server}}/{Name(action)}", Access.Operate, SummaryOf(action), async (HttpContext context, Participants all, Asking asking) =>
            {
                var server = all.Server(context);
                var by = Actors.By(context, (await ApiJson.ReadAsync<ReasonBody>(context)).Reason);
                return Answer(server, await asking.DoAsync(server, action, by, Asking.PatienceOfPrograms));
            }).WithMetadata(new TakesBody(typeof(ReasonBody))).ProducesActed();
        }

        foreach (var isApproved in new[] { true, false })
        {
            group.Api("POST", $"servers/{{server}}/removals/{{set}}/{(isApproved ? "approve" : "reject")}", Access.Approve, isApproved
                ? "Lets removals go out: those of the digest that you looked at"
                : "Keeps what removals would take away: those of the digest that you looked at", async (HttpContext context, Participants all, Asking asking) =>
            {
                var server = all.Server(context);
                var body = await ApiJson.ReadAsync<DecisionBody>(context);
                var by = Actors.By(context, body.Reason);
                return Answer(server, await asking.DecideAsync(server, context.RouteText("set"), isApproved, body.ToDigest(), by, Asking.PatienceOfPrograms));
            }).WithMetadata(new TakesBody(typeof(DecisionBody))).ProducesActed();
        }
    }

    private static void List<T>(RouteGroupBuilder group, string path, string summary, Func<IHermesServerControl, HttpContext, ListQuery, Task<Page<T>>> list) => group
        .Api("GET", $"servers/{{server}}/{path}", Access.Read, summary, async (HttpContext context, Participants all) =>
            ApiJson.Answer(await list(all.Server(context), context, ListParameters.Read(context.Request.Query))))
        .Produces<Page<T>>().ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status503ServiceUnavailable).WithMetadata(new TakesQuery());

    private static RouteHandlerBuilder ProducesActed(this RouteHandlerBuilder route) => route
        .Produces<PollResult>().Produces(StatusCodes.Status204NoContent).Produces<ServerStatus>(StatusCodes.Status202Accepted)
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static IResult Answer(IHermesServerControl server, Answered answered) => answered switch
    {
        { HasEnded: false } => ApiJson.Answer(server.Status, StatusCodes.Status202Accepted),
        { Poll: { } poll } => ApiJson.Answer(poll),
        _ => TypedResults.NoContent(),
    };

    private static int ReadMost(IQueryCollection query)
    {
        if (query.Keys.FirstOrDefault(name => name != "max") is { } unknown)
            throw RefusedException.BadRequest($"There is no parameter '{unknown}'. There is 'max'.");
        if (!query.TryGetValue("max", out var text))
            return 100;
        return int.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var most) && most <= MostPreviewed
            ? most
            : throw RefusedException.BadRequest($"The parameter 'max' is a number from 0 to {MostPreviewed}.");
    }

    private static string Name(ServerAction action) => action.ToString().ToLowerInvariant();

    private static string SummaryOf(ServerAction action) => action switch
    {
        ServerAction.Poll => "Polls now",
        ServerAction.InitSync => "Sends all cached entries as an initsync",
        ServerAction.Pause => "Stops polling until resumed",
        _ => "Ends a pause",
    };
}
