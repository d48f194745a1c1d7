using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes poll</c>, <c>initsync</c>, <c>pause</c> and <c>resume</c>: let servers and clients do something now.</summary>
internal static class ActCommands
{
    public static Command Poll()
    {
        var command = new Command("poll", "Lets a server poll its sources now; all servers if none is named.");
        var (servers, reason) = (new ParticipantOptions(command, "server"), Add(command, Reason.Optional()));
        return HostOptions.Attach(command, async context => await ActAsync(context, await servers.ReadAsync(context), "poll", context.Arguments.GetValue(reason)!));
    }

    public static Command InitSync()
    {
        var command = new Command("initsync", "Lets a server poll now and send all entries anew, for clients that begin.");
        var (servers, reason) = (new ParticipantOptions(command, "server"), Add(command, Reason.Optional()));
        return HostOptions.Attach(command, async context => await ActAsync(context, [await servers.ReadOneAsync(context)], "initsync", context.Arguments.GetValue(reason)!));
    }

    public static Command Pause() => PauseOrResume("pause", "Pauses a server or client: a server polls no more, a client calls its target no more, over restarts, until resumed.");

    public static Command Resume() => PauseOrResume("resume", "Lets a server or client go on that was paused.");

    private static Command PauseOrResume(string act, string description)
    {
        var all = new Option<bool>("--all") { Description = "All servers and clients of the host." };
        var command = new Command(act, description) { all };
        var (participants, reason) = (new ParticipantOptions(command, "server", "client"), Add(command, Reason.Optional()));
        return HostOptions.Attach(command, async context =>
        {
            IReadOnlyList<Participant> some = context.Arguments.GetValue(all) ? await Participant.ReadAsync(context) : await NamedAsync(participants, context);
            return await ActAsync(context, some, act, context.Arguments.GetValue(reason)!);
        });
    }

    private static async Task<IReadOnlyList<Participant>> NamedAsync(ParticipantOptions participants, HostContext context)
    {
        var isNamed = context.Arguments.GetResult("--server") is not null || context.Arguments.GetResult("--client") is not null;
        return isNamed ? await participants.ReadAsync(context) : [await participants.ReadOneAsync(context)];
    }

    private static Option<string> Add(Command command, Option<string> reason)
    {
        command.Options.Add(reason);
        return reason;
    }

    private static async Task<int> ActAsync(HostContext context, IReadOnlyList<Participant> participants, string act, string reason)
    {
        if (participants.Count == 0)
            throw new ControlException(ExitCode.NotFound, "The host has no server.");
        var (results, code) = (new JsonArray(), ExitCode.Done);
        foreach (var one in participants)
        {
            var answer = await context.Host.PostAsync($"{one.Path}/{act}", new JsonObject { ["reason"] = reason }, context.CancellationToken);
            var result = Acted.Result(one, answer);
            if (result["error"] is not null)
                code = ExitCode.Failed;
            if (!context.Answers.IsJson)
                context.Answers.Write($"{one}: {Acted.Text(act, answer)}");
            results.Add(result);
        }

        if (context.Answers.IsJson)
            context.Answers.Write(results);
        return code;
    }
}
