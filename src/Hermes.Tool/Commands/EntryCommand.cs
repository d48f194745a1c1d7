using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes entry</c>: all that is known of an entry.</summary>
internal static class EntryCommand
{
    private const int Most = 100;

    // Of each kind of participant: what is asked, what it is called, and whether the type stands in the address.
    private static readonly (string Kind, string Path, string Title, bool HasTypeInPath)[] Lists =
    [
        ("server", "entries", "the entry as it was last polled", true),
        ("server", "findings", "what was the matter with it at the last poll", false),
        ("client", "entries/remote", "the entry as the server sent it", true),
        ("client", "entries/local", "the entry as it is on the target", true),
        ("client", "queue", "in the error queue", false),
        ("client", "trashbin", "in the trashbin", false),
    ];

    public static Command Create()
    {
        var type = new Argument<string>("TYPE") { Description = "The data type: of a server, or a client's own." };
        var key = new Argument<string>("KEY") { Description = "The key, as JSON; what is no JSON is a text." };
        var command = new Command("entry", "Shows all that servers and clients know of an entry.") { type, key };
        var participants = new ParticipantOptions(command, "server", "client");
        return HostOptions.Attach(command, async context =>
        {
            var (some, name, text) = (await participants.ReadAsync(context), context.Arguments.GetValue(type)!, context.Arguments.GetValue(key)!);
            var found = await FindAsync(context, some, name, text);

            // Sources of text know no numbers: 7 may be the text "7".
            if (found.Count == 0)
                found = await FindAsync(context, some, name, JsonSerializer.Serialize(text));
            if (found.Count == 0)
                throw new ControlException(ExitCode.NotFound, $"Nothing is known of {name} {text}.");
            if (context.Answers.IsJson)
                context.Answers.Write(new JsonArray([.. found.Select(one => one.ToJson())]));
            else
                Show(context.Answers, found);
            return ExitCode.Done;
        });
    }

    private static async Task<List<Found>> FindAsync(HostContext context, IReadOnlyList<Participant> participants, string type, string key)
    {
        var found = new List<Found>();
        foreach (var one in participants)
        {
            foreach (var (_, path, title, hasTypeInPath) in Lists.Where(list => list.Kind == one.Kind))
            {
                var query = new Dictionary<string, string> { ["key"] = key };
                if (!hasTypeInPath)
                    query["type"] = type;
                var items = await ReadAsync(context, $"{one.Path}/{path}{(hasTypeInPath ? $"/{Uri.EscapeDataString(type)}" : "")}", query);
                if (items.Count > 0)
                    found.Add(new Found(one, path, title, items));
            }
        }

        return found;
    }

    // A type that one of them does not have is one that another has.
    private static async Task<JsonArray> ReadAsync(HostContext context, string path, Dictionary<string, string> query)
    {
        var items = new JsonArray();
        try
        {
            await foreach (var item in context.Host.ListAsync(path, query, Most, context.CancellationToken))
                items.Add((JsonNode)item.DeepClone());
        }
        catch (ControlException refused) when (refused.ExitCode is ExitCode.NotFound or ExitCode.Failed)
        {
        }

        return items;
    }

    private static void Show(Answers answers, IReadOnlyList<Found> found)
    {
        foreach (var one in found)
        {
            answers.Write($"{one.Whose}, {one.Title}:");
            foreach (var item in one.Items)
                EntryText.WriteMembers(answers, item!.AsObject(), "  ");
        }
    }

    private sealed record Found(Participant Whose, string List, string Title, JsonArray Items)
    {
        public JsonNode ToJson() => new JsonObject { [Whose.Kind] = Whose.Name, ["list"] = List, ["items"] = Items };
    }
}
