using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes queue</c>: the error queue of a client.</summary>
internal static class QueueCommand
{
    private static readonly TimeSpan Beat = TimeSpan.FromMilliseconds(200);

    public static Command Create() => new("queue", "The error queues of clients: events that their targets refused.")
    {
        List(),
        Show(),
        Act("retry", "Tries events now.", Reason.Optional()),
        Act("discard", "Drops events: the target never gets them.", Reason.Required()),
    };

    private static Command List()
    {
        var command = new Command("list", "Lists the events of the error queues in their order.");
        string[] columns = ["Number", "Type", "Key", "Kind", "State", "Since", "Attempts", "Message"];
        ListCommands.Attach(command, "queue", ["client"], FilterOptions.OfQueue, "The error queues are empty.", columns, (_, item) =>
        [
            item["number"], item["type"], Shown.Value(item["key"]), item["kind"], item["state"], Shown.Time(item["since"]), item["attempts"], item["message"],
        ]);
        return command;
    }

    private static Command Show()
    {
        var number = new Argument<long>("NUMBER") { Description = "The number of the event, as 'queue list' tells it." };
        var command = new Command("show", "Shows all of an event in an error queue.") { number };
        var client = new ParticipantOptions(command, "client");
        return HostOptions.Attach(command, async context =>
        {
            var one = await client.ReadOneAsync(context);
            var queued = await context.Host.GetAsync($"{one.Path}/queue/{context.Arguments.GetValue(number)}", context.CancellationToken);
            if (context.Answers.IsJson)
                context.Answers.Write(queued);
            else
                EntryText.WriteMembers(context.Answers, queued.AsObject(), "");
            return ExitCode.Done;
        });
    }

    private static Command Act(string act, string description, Option<string> reason)
    {
        var numbers = new Argument<long[]>("NUMBER") { Description = "The numbers of the events, as 'queue list' tells them.", Arity = ArgumentArity.ZeroOrMore };
        var all = new Option<bool>("--all") { Description = "All events of the queue." };
        var command = new Command(act, description) { numbers, all, reason };
        var (client, filter) = (new ParticipantOptions(command, "client"), new FilterOptions(command, false, FilterOptions.OfQueue));
        return HostOptions.Attach(command, async context =>
        {
            var body = Selection(context.Arguments.GetValue(numbers) ?? [], filter.BodyOf(context.Arguments), context.Arguments.GetValue(all));
            body["reason"] = context.Arguments.GetValue(reason);
            var one = await client.ReadOneAsync(context);
            var begun = await context.Host.PostAsync($"{one.Path}/{act}", body, context.CancellationToken);
            var operation = await EndAsync(context, one, begun.Body!);
            if (context.Answers.IsJson)
                context.Answers.Write(operation);
            else
                context.Answers.Write($"{one}: {act} {TextOf(operation)}");
            return CodeOf(act, body, operation);
        });
    }

    private static string TextOf(JsonNode operation)
    {
        var error = operation["error"] is { } reason ? $" ({reason})" : "";
        return $"{((string?)operation["state"])?.ToLowerInvariant()}: {operation["done"]} of {operation["passed"]} events{error}";
    }

    // An event that fails again is not done; nor is one that is not there, or not any more.
    private static int CodeOf(string act, JsonObject body, JsonNode operation)
    {
        var (done, passed) = ((long)operation["done"]!, (long)operation["passed"]!);
        if ((string?)operation["state"] != "Completed" || (act == "retry" && done < passed))
            return ExitCode.Failed;
        return body.ContainsKey("numbers") && done == 0 ? ExitCode.NotFound : ExitCode.Done;
    }

    private static JsonObject Selection(long[] numbers, JsonObject? filter, bool isAll) => (numbers, filter, isAll) switch
    {
        ({ Length: > 0 }, null, false) => new JsonObject { ["numbers"] = new JsonArray([.. numbers.Select(number => (JsonNode)number)]) },
        ([], not null, false) => new JsonObject { ["filter"] = filter },
        ([], null, true) => new JsonObject { ["all"] = true },
        _ => throw new ControlException(ExitCode.Usage, "Say in one way which events are meant: by numbers, by a filter such as --type and --text, or by --all."),
    };

    private static async Task<JsonNode> EndAsync(HostContext context, Participant client, JsonNode operation)
    {
        while ((string?)operation["state"] == "Running")
        {
            await Task.Delay(Beat, TimeProvider.System, context.CancellationToken);
            operation = await context.Host.GetAsync($"{client.Path}/operations/{Uri.EscapeDataString((string)operation["id"]!)}", context.CancellationToken);
        }

        return operation;
    }
}
