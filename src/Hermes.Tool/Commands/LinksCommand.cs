using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes links</c>: which object of a target is which entry's.</summary>
internal static class LinksCommand
{
    public static Command Create() => new("links", "Which object of a target is which entry's.") { List(), Set(), Cut() };

    private static Argument<string> Type() => new("TYPE") { Description = "The client's data type." };

    private static Argument<string> Key() => new("KEY") { Description = "The key of the entry, as JSON; what is no JSON is a text." };

    private static Command List()
    {
        var type = Type();
        var command = new Command("list", "Lists the entries of a type with the links of their objects.") { type };
        var (clients, filter) = (new ParticipantOptions(command, "client"), new FilterOptions(command, true, "key", "keyPrefix", "text"));
        return HostOptions.Attach(command, async context =>
        {
            var client = await clients.ReadOneAsync(context);
            var (items, table) = (new JsonArray(), new TextTable("Key", "Link", "Trashed"));
            var path = $"{client.Path}/links/{Uri.EscapeDataString(context.Arguments.GetValue(type)!)}";
            await foreach (var item in context.Host.ListAsync(path, filter.QueryOf(context.Arguments), filter.LimitOf(context.Arguments), context.CancellationToken))
            {
                table.Add(Shown.Value(item["key"]), item["link"], (bool)item["isTrashed"]! ? "yes" : "");
                item.Insert(0, client.Kind, client.Name);
                items.Add((JsonNode)item.DeepClone());
            }

            if (context.Answers.IsJson)
                context.Answers.Write(items);
            else
                context.Answers.Write(table, "There are no such entries.");
            return ExitCode.Done;
        });
    }

    private static Command Set()
    {
        var (type, key, reason) = (Type(), Key(), Reason.Required());
        var link = new Argument<string>("LINK") { Description = "What the object is called on the target for ever." };
        var command = new Command("set", "Says that an object is an entry's. Writes nothing to the target.") { type, key, link, reason };
        var clients = new ParticipantOptions(command, "client");
        return HostOptions.Attach(command, async context =>
        {
            var client = await clients.ReadOneAsync(context);
            var one = new JsonObject { ["key"] = FilterOptions.KeyOf(context.Arguments.GetValue(key)!), ["link"] = context.Arguments.GetValue(link) };
            var body = new JsonObject { ["links"] = new JsonArray(one), ["reason"] = context.Arguments.GetValue(reason) };
            var answer = await context.Host.PostAsync($"{client.Path}/links/{Uri.EscapeDataString(context.Arguments.GetValue(type)!)}", body, context.CancellationToken);
            var refused = answer.Body!["refused"]!.AsArray().FirstOrDefault();
            if (context.Answers.IsJson)
                context.Answers.Write(answer.Body);
            else
                context.Answers.Write(refused is null ? $"{client}: the link is set" : $"{client}: the link is refused: {refused["reason"]}");
            return refused is null ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static Command Cut()
    {
        var (type, key, reason) = (Type(), Key(), Reason.Required());
        var command = new Command("cut", "Forgets which object is an entry's: it is looked for by name or comparison from now on.") { type, key, reason };
        var clients = new ParticipantOptions(command, "client");
        return HostOptions.Attach(command, async context =>
        {
            var client = await clients.ReadOneAsync(context);
            var body = new JsonObject { ["keys"] = new JsonArray(FilterOptions.KeyOf(context.Arguments.GetValue(key)!)), ["reason"] = context.Arguments.GetValue(reason) };
            var answer = await context.Host.PostAsync($"{client.Path}/links/{Uri.EscapeDataString(context.Arguments.GetValue(type)!)}/cut", body, context.CancellationToken);
            var hadOne = (int)answer.Body!["cut"]! > 0;
            if (context.Answers.IsJson)
                context.Answers.Write(answer.Body);
            else
                context.Answers.Write(hadOne ? $"{client}: the link is forgotten" : $"{client}: the entry had no link");
            return hadOne ? ExitCode.Done : ExitCode.NotFound;
        });
    }
}
