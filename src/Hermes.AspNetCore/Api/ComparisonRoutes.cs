using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.ClientRuntime.Comparison;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Api;

/// <summary>The routes that compare a target with its client, put right what differs, and say which object is which entry's.</summary>
internal static class ComparisonRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        Act<ReasonBody>(group, "comparisons/{type}", Access.Operate, "Compares a type with the target; only reads", body => body.Reason, async (client, type, asking, _, by) =>
            await asking.CompareAsync(client, type, by, Asking.PatienceOfPrograms) is { } report ? ApiJson.Answer(report) : GoesOn(client))
            .Produces<ComparisonReport>().Produces<ClientStatus>(StatusCodes.Status202Accepted);

        const string repair = "Does what was decided about a comparison, named by its digest: 'Write' writes to the target, 'Link' only remembers whose the objects are";
        Act<RepairBody>(group, "comparisons/{type}/repair", Access.Approve, repair, body => body.Reason, async (client, type, asking, body, by) =>
            await asking.RepairAsync(client, body.ToRequest(type, by), by, Asking.PatienceOfPrograms) is { } outcome ? ApiJson.Answer(outcome) : GoesOn(client))
            .Produces<RepairOutcome>().Produces<ClientStatus>(StatusCodes.Status202Accepted);

        const string link = "Says which objects of the target are which entries'; writes nothing there";
        Act<LinksBody>(group, "links/{type}", Access.Approve, link, body => body.Reason, async (client, type, _, body, by) =>
        {
            var links = body.ToLinks();
            var refused = await client.Links.SetAsync(type, links, by.Actor, by.Reason);
            return ApiJson.Answer(new LinksAnswer(links.Count - refused.Count, refused));
        }).Produces<LinksAnswer>();

        Act<CutBody>(group, "links/{type}/cut", Access.Approve, "Forgets which objects are the entries'", body => body.Reason, async (client, type, _, body, by) =>
            ApiJson.Answer(new CutAnswer(await client.Links.CutAsync(type, body.ToKeys(), by.Actor, by.Reason)))).Produces<CutAnswer>();
    }

    private static RouteHandlerBuilder Act<TBody>(
        RouteGroupBuilder group,
        string path,
        Access access,
        string summary,
        Func<TBody, string?> reason,
        Func<IHermesClientControl, string, Asking, TBody, DecidedBy, Task<IResult>> act)
        where TBody : class => group
        .Api("POST", $"clients/{{client}}/{path}", access, summary, async (HttpContext context, Participants all, Asking asking) =>
        {
            var client = all.Client(context);
            var body = await ApiJson.ReadAsync<TBody>(context);
            return await act(client, context.RouteText("type"), asking, body, Actors.By(context, reason(body)));
        })
        .WithMetadata(new TakesBody(typeof(TBody)))
        .ProducesProblem(StatusCodes.Status404NotFound).ProducesProblem(StatusCodes.Status409Conflict)
        .ProducesProblem(StatusCodes.Status502BadGateway).ProducesProblem(StatusCodes.Status503ServiceUnavailable);

    private static IResult GoesOn(IHermesClientControl client) => ApiJson.Answer(client.Status, StatusCodes.Status202Accepted);
}
