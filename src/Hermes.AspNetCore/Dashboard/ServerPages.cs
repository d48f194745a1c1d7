using Hermes.AspNetCore.Api;
using Hermes.AspNetCore.Dashboard.Parts;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>The pages of a server, and the forms on them.</summary>
internal static class ServerPages
{
    public static void Map(RouteGroupBuilder group)
    {
        group.Page("GET", "servers/{server}", Access.Read, async (HttpContext context, Participants all) => await PageResults.ShowAsync<ServerPage>(
            context, new Dictionary<string, object?> { [nameof(ServerPage.Status)] = all.Server(context).Status }));

        group.Page("GET", "servers/{server}/findings", Access.Read, async (HttpContext context, Participants all) =>
        {
            var query = ListParameters.Read(context.Request.Query);
            return await PageResults.ShowAsync<FindingsPage>(context, new Dictionary<string, object?>
            {
                [nameof(FindingsPage.Server)] = all.Server(context).Name,
                [nameof(FindingsPage.Query)] = query,
                [nameof(FindingsPage.Findings)] = await all.Server(context).ListFindingsAsync(query, context.RequestAborted),
            });
        });

        group.Page("GET", "servers/{server}/entries/{type}", Access.Read, async (HttpContext context, Participants all) =>
        {
            var (query, type) = (ListParameters.Read(context.Request.Query), context.RouteText("type"));
            return await PageResults.ShowAsync<ServerEntriesPage>(context, new Dictionary<string, object?>
            {
                [nameof(ServerEntriesPage.Server)] = all.Server(context).Name,
                [nameof(ServerEntriesPage.Heading)] = $"Cached {type}",
                [nameof(ServerEntriesPage.Path)] = Links.Server(all.Server(context).Name, $"/entries{Links.Segment(type)}"),
                [nameof(ServerEntriesPage.Query)] = query,
                [nameof(ServerEntriesPage.Entries)] = await all.Server(context).ListEntriesAsync(type, query, context.RequestAborted),
            });
        });

        group.Page("GET", "servers/{server}/removals/{set}", Access.Read, async (HttpContext context, Participants all) =>
        {
            var (query, set) = (ListParameters.Read(context.Request.Query), context.RouteText("set"));
            return await PageResults.ShowAsync<ServerEntriesPage>(context, new Dictionary<string, object?>
            {
                [nameof(ServerEntriesPage.Server)] = all.Server(context).Name,
                [nameof(ServerEntriesPage.Heading)] = $"Entries of the held set {set}",
                [nameof(ServerEntriesPage.Path)] = Links.Server(all.Server(context).Name, $"/removals{Links.Segment(set)}"),
                [nameof(ServerEntriesPage.Query)] = query,
                [nameof(ServerEntriesPage.Entries)] = await all.Server(context).ListHeldEntriesAsync(set, query, context.RequestAborted),
            });
        });

        group.Page("POST", "servers/{server}/act", Access.Operate, async (HttpContext context, Participants all, Asking asking) =>
        {
            var (server, form) = (all.Server(context), await context.Request.ReadFormAsync());
            if (!Enum.TryParse<ServerAction>(form["act"], out var action) || !Enum.IsDefined(action))
                throw RefusedException.BadRequest("The form does not say what to do.");
            await asking.DoAsync(server, action, Actors.By(context, form["reason"]), Asking.PatienceOfPeople);
            return PageResults.GoTo(context, Links.Server(server.Name));
        });

        group.Page("POST", "servers/{server}/decide", Access.Approve, async (HttpContext context, Participants all, Asking asking) =>
        {
            var server = all.Server(context);
            var decision = await DecisionForm.ReadAsync(context);
            await asking.DecideAsync(server, decision.Set, decision.IsApproved, decision.Digest, decision.By, Asking.PatienceOfPeople);
            return PageResults.GoTo(context, Links.Server(server.Name));
        });
    }
}
