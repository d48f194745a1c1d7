using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes compare</c>: what differs between a target and what it was given.</summary>
internal static class CompareCommand
{
    public static Command Create()
    {
        var type = new Argument<string>("TYPE") { Description = "The client's data type." };
        var last = new Option<bool>("--report") { Description = "Shows what the last comparison found, and compares nothing." };
        var reason = Reason.Optional();
        var limit = new Option<int>("--limit") { Description = "How many findings are told at most.", HelpName = "NUMBER", DefaultValueFactory = _ => 100 };
        var command = new Command("compare", "Compares a type with the target of a client, and tells what differs, with a digest. Only reads. Ends with 2 if something was found.")
        {
            type, last, limit, reason,
        };
        var clients = new ParticipantOptions(command, "client");
        return HostOptions.Attach(command, async context =>
        {
            var (client, name) = (await clients.ReadOneAsync(context), Uri.EscapeDataString(context.Arguments.GetValue(type)!));
            var report = context.Arguments.GetValue(last) ? await LastAsync(context, client, name) : await CompareAsync(context, client, name, context.Arguments.GetValue(reason)!);
            var findings = new JsonArray();
            var most = Math.Max(1, context.Arguments.GetValue(limit));
            await foreach (var finding in context.Host.ListAsync($"{client.Path}/comparisons/{name}/findings", [], most, context.CancellationToken))
                findings.Add((JsonNode)finding.DeepClone());
            Show(context.Answers, client, report, findings);
            return report["counts"]!.AsObject().Count > 0 ? ExitCode.Changes : ExitCode.Done;
        });
    }

    // A comparison that takes longer than the host lets one wait goes on.
    private static async Task<JsonNode> CompareAsync(HostContext context, Participant client, string type, string reason)
    {
        var answer = await context.Host.PostAsync($"{client.Path}/comparisons/{type}", new JsonObject { ["reason"] = reason }, context.CancellationToken);
        return answer.HasEnded ? answer.Body! : throw new ControlException(ExitCode.NotNow, "The comparison goes on. Look at what it has found by the same command with --report.");
    }

    private static async Task<JsonNode> LastAsync(HostContext context, Participant client, string type)
    {
        var reports = await context.Host.GetAsync($"{client.Path}/comparisons?type={type}", context.CancellationToken);
        var last = reports["items"]!.AsArray().FirstOrDefault() ?? throw new ControlException(ExitCode.NotFound, "The type was not compared yet.");
        return last["digest"] is not null ? last : throw new ControlException(ExitCode.NotNow, "The last comparison goes on, or did not come to its end; the log tells.");
    }

    private static void Show(Answers answers, Participant client, JsonNode report, JsonArray findings)
    {
        if (answers.IsJson)
        {
            answers.Write(new JsonObject { ["client"] = client.Name, ["report"] = report.DeepClone(), ["findings"] = findings.DeepClone() });
            return;
        }

        var counts = string.Join(", ", report["counts"]!.AsObject().Select(count => $"{count.Value} {count.Key}"));
        answers.Write($"{client}, {report["type"]}: {report["entries"]} entries, {report["objects"]} objects; {(counts.Length == 0 ? "all equal" : counts)}");
        var table = new TextTable("Row", "Found", "Key", "Object", "Attributes");
        foreach (var finding in findings)
        {
            var attributes = string.Join(", ", finding!["attributes"]!.AsArray().Select(attribute => (string?)attribute!["attribute"]));
            table.Add(finding["number"], finding["kind"], Shown.Value(finding["key"]), finding["object"], attributes);
        }

        if (findings.Count > 0)
            answers.Write(table, "");
        answers.Write($"Digest: {report["digest"]}");
    }
}
