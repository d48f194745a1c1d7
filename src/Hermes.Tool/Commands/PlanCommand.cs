using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes plan</c>: what a poll would send now.</summary>
internal static class PlanCommand
{
    private static readonly string[] Kinds = ["added", "modified", "removed"];

    public static Command Create()
    {
        const string description = "How many changes of a type and kind are told in full; all are counted.";
        var most = new Option<int>("--limit") { Description = description, HelpName = "NUMBER", DefaultValueFactory = _ => 100 };
        most.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 0 or > 1000)
                result.AddError("--limit is a number from 0 to 1000.");
        });
        var command = new Command("plan", "Tells what a poll of a server would send now, and sends nothing. Ends with 2 if there are changes.") { most };
        var servers = new ParticipantOptions(command, "server");
        return HostOptions.Attach(command, async context =>
        {
            var server = await servers.ReadOneAsync(context);
            var plan = await context.Host.GetAsync($"{server.Path}/preview?max={context.Arguments.GetValue(most)}", context.CancellationToken);
            if (context.Answers.IsJson)
                context.Answers.Write(plan);
            else
                Show(context.Answers, plan);
            return plan["types"]!.AsArray().Any(HasChanges) || plan["attributesThatWouldWait"]!.AsArray().Count > 0 ? ExitCode.Changes : ExitCode.Done;
        });
    }

    private static bool HasChanges(JsonNode? type) => Kinds.Any(kind => (int)type![$"{kind}Count"]! > 0);

    private static void Show(Answers answers, JsonNode plan)
    {
        if ((bool)plan["isFirstPoll"]!)
            answers.Write("This would be the first poll: it fills the cache and sends nothing.");
        var counts = new TextTable("Type", "Added", "Modified", "Removed");
        foreach (var type in plan["types"]!.AsArray())
            counts.Add(type!["type"], type["addedCount"], type["modifiedCount"], type["removedCount"]);
        answers.Write(counts, "The server has no data types.");
        foreach (var type in plan["types"]!.AsArray().Where(HasChanges))
        {
            answers.Write("");
            answers.Write((string)type!["type"]!);
            foreach (var change in Kinds.SelectMany(kind => type[kind]!.AsArray()))
                answers.Write($"  {change!["text"]}");
        }

        if ((bool)plan["removalsWouldWait"]!)
            answers.Write("The removals would wait for approval.");
        foreach (var attribute in plan["attributesThatWouldWait"]!.AsArray())
            answers.Write($"That {attribute!["name"]} vanished from {attribute["count"]} entries would wait for approval.");
    }
}
