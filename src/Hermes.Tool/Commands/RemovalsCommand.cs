using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes removals</c>: removals that were held back, and what becomes of them.</summary>
internal static class RemovalsCommand
{
    private const int Most = 10_000;

    public static Command Create() => new("removals", "Removals that servers and clients hold back until somebody decides.")
    {
        List(),
        Decide("approve", "Lets removals be made: those of the digest that you looked at."),
        Decide("reject", "Keeps what removals would take away: those of the digest that you looked at."),
    };

    private static Command List()
    {
        var command = new Command("list", "Lists the sets of removals that are held, each with its digest.");
        ListCommands.Attach(command, "removals", ["server", "client"], ["type"], "No removals are held.", ["Set", "Entries", "Of", "State", "Digest", "First"], (_, item) =>
        [
            NameOf(item),
            item["count"] ?? item["entries"]?["count"],
            item["before"] ?? item["cached"],
            item["state"] ?? "Awaiting",
            item["digest"],
            Shown.Value(item["first"] ?? item["entries"]?["first"]),
        ]);
        return command;
    }

    private static Command Decide(string act, string description)
    {
        var digest = new Argument<string>("DIGEST") { Description = "The digest of the set, as 'removals list' tells it." };
        var reason = Reason.Required();
        var command = new Command(act, description) { digest, reason };
        var participants = new ParticipantOptions(command, "server", "client");
        return HostOptions.Attach(command, async context =>
        {
            var wanted = context.Arguments.GetValue(digest)!;
            var (one, set) = await FindAsync(context, await participants.ReadAsync(context), wanted);
            var body = new JsonObject { ["digest"] = wanted, ["reason"] = context.Arguments.GetValue(reason) };
            var answer = await context.Host.PostAsync($"{one.Path}/removals/{Uri.EscapeDataString(set)}/{act}", body, context.CancellationToken);
            var result = Acted.Result(one, answer);
            result.Insert(1, "set", set);
            if (context.Answers.IsJson)
                context.Answers.Write(result);
            else
                context.Answers.Write($"{one}, {set}: {Acted.Text(act, answer)}");
            return result["error"] is null ? ExitCode.Done : ExitCode.Failed;
        });
    }

    private static async Task<(Participant Whose, string Set)> FindAsync(HostContext context, IReadOnlyList<Participant> participants, string digest)
    {
        var found = new List<(Participant Whose, string Set)>();
        foreach (var one in participants)
        {
            await foreach (var item in context.Host.ListAsync($"{one.Path}/removals", [], Most, context.CancellationToken))
            {
                if ((string?)item["digest"] == digest)
                    found.Add((one, NameOf(item)));
            }
        }

        return found switch
        {
            [var only] => only,
            [] => throw new ControlException(ExitCode.NotFound, $"No removals with the digest {digest} are held, or not any more. 'hermes removals list' tells those that are."),
            _ => throw new ControlException(
                ExitCode.Usage, $"Several hold removals with this digest. Name one by --server or --client: {Participant.Names(found.Select(one => one.Whose))}."),
        };
    }

    // A server may hold back the removal of an attribute too, which is a set of its own.
    private static string NameOf(JsonObject item) => (string)(item["name"] ?? item["type"])!;
}
