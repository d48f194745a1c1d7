using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Configuration;
using Hermes.Tool.Hosting;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes check</c>: tells all that is wrong with a configuration.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationArguments();
        var connect = new Option<bool>("--connect") { Description = "If nothing else is wrong, tries every source, bus and target. Reads a little, writes nothing." };
        var patience = new Option<int>("--patience") { Description = "How long each may take to answer.", HelpName = "SECONDS", DefaultValueFactory = _ => 15 };
        var json = new Option<bool>("--json") { Description = "Answers in JSON." };
        patience.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3600)
                result.AddError("--patience is a number of seconds from 1 to 3600.");
        });
        var command = new Command("check", "Tells all that is wrong with a configuration, each with file, line and column. Connects to nothing, unless --connect is given.")
        {
            connect, patience, json,
        };
        configuration.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var answers = new Answers(Console.Out, arguments.GetValue(json), isTerminal: false);
            var (settings, tried) = (configuration.Read(arguments), new JsonArray());
            var findings = arguments.GetValue(connect)
                ? await ToolHost.ConnectAsync(settings, TimeSpan.FromSeconds(arguments.GetValue(patience)), Told, cancellationToken)
                : await ToolHost.CheckAsync(settings);
            Write(answers, findings, tried);
            return findings.All(finding => finding.IsWarning) ? ExitCode.Done
                : findings.Any(finding => !finding.IsWarning && tried.Count == 0) ? ExitCode.Configuration : ExitCode.Failed;

            void Told(string path, string what, bool? isGood) => Tell(answers, tried, path, what, isGood);
        });
        return command;
    }

    private static void Tell(Answers answers, JsonArray tried, string path, string what, bool? isGood)
    {
        var whose = path.Split(':') is [_, var role, var name, ..] ? $"{role}:{name}" : path;
        tried.Add((JsonNode)new JsonObject { ["setting"] = path, ["what"] = what, ["isGood"] = isGood });
        if (!answers.IsJson)
            answers.Write($"{whose}: {what}: {isGood switch { true => "good", false => "failed", null => "not tried: it cannot be told without changing something" }}");
    }

    private static void Write(Answers answers, IReadOnlyList<Finding> findings, JsonArray tried)
    {
        if (answers.IsJson)
        {
            answers.Write(new JsonObject { ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)finding.ToJson())]), ["tried"] = tried });
            return;
        }

        foreach (var finding in findings)
            Console.Out.WriteLine(finding.ToString());
        answers.Write(FindingCount.Of(findings));
    }
}
