using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary>Commands that show a list of clients, or of servers and clients.</summary>
internal static class ListCommands
{
    public static Command Trash()
    {
        var list = new Command("list", "Lists what is in the trashbins: entries that were removed and wait to be purged.");
        Attach(list, "trashbin", ["client"], ["type", "key", "keyPrefix"], "The trashbins are empty.", ["Type", "Key", "Since"], (_, item) =>
            [item["remoteType"], Shown.Value(item["key"]), Shown.Time(item["since"])]);
        return new Command("trash", "The trashbins of clients.") { list };
    }

    public static Command Dead()
    {
        var list = new Command("list", "Lists messages that could not be read and were set aside.");
        Attach(list, "deadletters", ["client"], ["text"], "There are no dead letters.", ["Offset", "Time", "Reason"], (_, item) =>
            [Shown.Value(item["offset"]), Shown.Time(item["time"]), item["reason"]]);
        return new Command("dead", "The dead letters of clients.") { list };
    }

    /// <summary>Lets a command show a list of all whom it may be about.</summary>
    public static void Attach(
        Command command, string path, string[] kinds, string[] filters, string none, string[] columns, Func<Participant, JsonObject, object?[]> row)
    {
        var (participants, filter) = (new ParticipantOptions(command, kinds), new FilterOptions(command, true, filters));
        HostOptions.Attach(command, async context =>
        {
            var (items, table) = (new JsonArray(), new TextTable([kinds is [var kind] ? char.ToUpperInvariant(kind[0]) + kind[1..] : "Whose", .. columns]));
            var most = filter.LimitOf(context.Arguments);
            foreach (var one in await participants.ReadAsync(context))
            {
                if (most == items.Count)
                    break;
                await foreach (var item in context.Host.ListAsync($"{one.Path}/{path}", filter.QueryOf(context.Arguments), most - items.Count, context.CancellationToken))
                {
                    table.Add([kinds is [_] ? one.Name : one, .. row(one, item)]);
                    item.Insert(0, one.Kind, one.Name);
                    items.Add((JsonNode)item.DeepClone());
                }
            }

            if (context.Answers.IsJson)
                context.Answers.Write(items);
            else
                context.Answers.Write(table, none);
            return ExitCode.Done;
        });
    }
}
