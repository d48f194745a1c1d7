using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes adopt</c>: what becomes of what a comparison found.</summary>
internal static class AdoptCommand
{
    public static Command Create()
    {
        var type = new Argument<string>("TYPE") { Description = "The client's data type." };
        var digest = new Argument<string>("DIGEST") { Description = "The digest of the comparison that you looked at." };
        var write = new Option<bool>("--write") { Description = "Writes to the target: brings objects to their entries, makes those anew that are missing." };
        var link = new Option<bool>("--link") { Description = "Only remembers whose the objects are; writes nothing." };
        var kinds = new Option<string[]>("--kind") { Description = "Which findings, such as Differs; Default: all that can be decided.", HelpName = "NAME" };
        var rows = new Option<long[]>("--row") { Description = "Which rows; may be given several times. Default: all.", HelpName = "NUMBER" };
        var reason = Reason.Required();
        var command = new Command("adopt", "Does something about what a comparison found: that of the digest that you looked at.")
        {
            type, digest, write, link, kinds, rows, reason,
        };
        var clients = new ParticipantOptions(command, "client");
        return HostOptions.Attach(command, async context =>
        {
            var isWrite = context.Arguments.GetValue(write);
            if (isWrite == context.Arguments.GetValue(link))
                throw new ControlException(ExitCode.Usage, "Say what is to be done: --write or --link.");
            var client = await clients.ReadOneAsync(context);
            var body = new JsonObject
            {
                ["digest"] = context.Arguments.GetValue(digest),
                ["repair"] = isWrite ? "Write" : "Link",
                ["reason"] = context.Arguments.GetValue(reason),
            };
            if (context.Arguments.GetValue(kinds) is { Length: > 0 } wantedKinds)
                body["kinds"] = new JsonArray([.. wantedKinds.Select(kind => (JsonNode)kind)]);
            if (context.Arguments.GetValue(rows) is { Length: > 0 } wantedRows)
                body["rows"] = new JsonArray([.. wantedRows.Select(row => (JsonNode)row)]);
            var path = $"{client.Path}/comparisons/{Uri.EscapeDataString(context.Arguments.GetValue(type)!)}/repair";
            Tell(context, client, await context.Host.PostAsync(path, body, context.CancellationToken));
            return ExitCode.Done;
        });
    }

    private static void Tell(HostContext context, Participant client, HostAnswer answer)
    {
        var (decided, changed) = answer.HasEnded ? (answer.Body!["decided"], answer.Body["changed"]) : (null, null);
        var result = new JsonObject { ["client"] = client.Name, ["hasEnded"] = answer.HasEnded, ["decided"] = decided?.DeepClone(), ["changed"] = changed?.DeepClone() };
        if (context.Answers.IsJson)
            context.Answers.Write(result);
        else if (answer.HasEnded)
            context.Answers.Write($"{client}: {decided} rows are done or wait in the error queue to be done; {changed} were left out, since entry or object are not as they were");
        else
            context.Answers.Write($"{client}: it is begun and goes on");
    }
}
