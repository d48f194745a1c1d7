using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.AspNetCore.Api;
using Hermes.AspNetCore.Hosting;
using Hermes.AspNetCore.Http;
using Hermes.AspNetCore.Security;
using Hermes.ClientRuntime.Control;
using Hermes.Runtime.Control;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Routing;

namespace Hermes.AspNetCore.Dashboard;

/// <summary>The forms on the pages of a client.</summary>
internal static class ClientFormRoutes
{
    public static void Map(RouteGroupBuilder group)
    {
        group.Page("POST", "clients/{client}/act", Access.Operate, async (HttpContext context, Participants all, Asking asking) =>
        {
            var (client, form) = (all.Client(context), await context.Request.ReadFormAsync());
            if (form["act"].ToString() is not ("Pause" or "Resume"))
                throw NotSaid();
            await asking.SetPausedAsync(client, form["act"] == "Pause", Actors.By(context, form["reason"]), Asking.PatienceOfPeople);
            return PageResults.GoTo(context, Links.Client(client.Name));
        });

        group.Page("POST", "clients/{client}/decide", Access.Approve, async (HttpContext context, Participants all, Asking asking) =>
        {
            var client = all.Client(context);
            var decision = await DecisionForm.ReadAsync(context);
            await asking.DecideAsync(client, decision.Set, decision.IsApproved, decision.Digest, decision.By, Asking.PatienceOfPeople);
            return PageResults.GoTo(context, Links.Client(client.Name));
        });

        Begin(group, "queue/act", (client, form, by) => form["act"].ToString() switch
        {
            "Retry marked" => client.RetryAsync(Marked(form), by),
            "Retry all" => client.RetryAsync(Meant(form), by),
            "Discard marked" => client.DiscardAsync(Marked(form), by),
            "Discard all" => client.DiscardAsync(Meant(form), by),
            _ => throw NotSaid(),
        });

        Begin(group, "trashbin/act", (client, form, by) => form["act"].ToString() switch
        {
            "Purge marked" => client.PurgeAsync(TrashSelection.Of(AtLeastOne([.. form["mark"].Select(ReadEntry)])), by),
            "Purge all" => client.PurgeAsync(ListParameters.ReadFilter(name => form[name]) is { IsAll: false } filter ? TrashSelection.Where(filter) : TrashSelection.All, by),
            _ => throw NotSaid(),
        });

        group.Page("POST", "clients/{client}/operations/{operation}/cancel", Access.Operate, async (HttpContext context, Participants all, Asking asking) =>
        {
            var (client, form) = (all.Client(context), await context.Request.ReadFormAsync());
            var operation = ClientRoutes.OperationOf(context, client);
            await asking.CancelAsync(client, operation, Actors.By(context, form["reason"]));
            return GoTo(context, client, operation);
        });
    }

    /// <summary>An entry of the trashbin as it stands in a form: its key as JSON, a line break, and its type.</summary>
    public static string WriteEntry(string type, EntryKey key) => $"{ListParameters.WriteKey(key)}\n{type}";

    private static void Begin(RouteGroupBuilder group, string path, Func<IHermesClientControl, IFormCollection, DecidedBy, Task<Operation>> begin) =>
        group.Page("POST", $"clients/{{client}}/{path}", Access.Operate, async (HttpContext context, Participants all) =>
        {
            var (client, form) = (all.Client(context), await context.Request.ReadFormAsync());
            return GoTo(context, client, await begin(client, form, Actors.By(context, form["reason"])));
        });

    private static IResult GoTo(HttpContext context, IHermesClientControl client, Operation operation) =>
        PageResults.GoTo(context, Links.Client(client.Name, $"/operations{Links.Segment(operation.Id)}"));

    private static EventSelection Marked(IFormCollection form) => EventSelection.Of(AtLeastOne(
        [.. form["mark"].Select(mark => long.TryParse(mark, CultureInfo.InvariantCulture, out var number) ? number : throw NotSaid())]));

    private static EventSelection Meant(IFormCollection form) =>
        ListParameters.ReadFilter(name => form[name]) is { IsAll: false } filter ? EventSelection.Where(filter) : EventSelection.All;

    private static EntryId ReadEntry(string? mark) => mark?.Replace("\r", "", StringComparison.Ordinal).Split('\n') is [var key, var type]
        ? new EntryId(type, ListParameters.ReadKey(key))
        : throw NotSaid();

    private static T[] AtLeastOne<T>(T[] marked) => marked.Length > 0 ? marked : throw RefusedException.BadRequest("Nothing was marked.");

    private static RefusedException NotSaid() => RefusedException.BadRequest("The form does not say what to do.");
}
