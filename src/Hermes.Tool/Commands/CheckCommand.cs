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
        var state = new Option<bool>("--state")
        {
            Description = "If nothing else is wrong, opens the state of every server, and tells what the data model changes in what clients were told. Ends with 2 if it does.",
        };
        var patience = new Option<int>("--patience") { Description = "How long each may take to answer.", HelpName = "SECONDS", DefaultValueFactory = _ => 15 };
        var json = new Option<bool>("--json") { Description = "Answers in JSON." };
        patience.Validators.Add(result =>
        {
            if (result.GetValueOrDefault<int>() is < 1 or > 3600)
                result.AddError("--patience is a number of seconds from 1 to 3600.");
        });
        var command = new Command("check", "Tells all that is wrong with a configuration, each with file, line and column. Connects to nothing, unless --connect is given.")
        {
            connect, state, patience, json,
        };
        configuration.AddTo(command);
        command.SetAction(async (arguments, cancellationToken) =>
        {
            var answers = new Answers(Console.Out, arguments.GetValue(json), isTerminal: false);
            var (settings, tried) = (configuration.Read(arguments), new JsonArray());
            var findings = arguments.GetValue(connect)
                ? await ToolHost.ConnectAsync(settings, TimeSpan.FromSeconds(arguments.GetValue(patience)), Told, cancellationToken)
                : await ToolHost.CheckAsync(settings);
            var isRight = findings.All(finding => finding.IsWarning);
            var models = isRight && arguments.GetValue(state) ? await ModelCheck.RunAsync(settings, cancellationToken) : null;
            Write(answers, findings, tried, models);
            return isRight && models is not null ? models.Outcome : isRight ? ExitCode.Done
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

    private static void Write(Answers answers, IReadOnlyList<Finding> findings, JsonArray tried, ModelCheck? models)
    {
        if (answers.IsJson)
        {
            answers.Write(new JsonObject
            {
                ["findings"] = new JsonArray([.. findings.Select(finding => (JsonNode)finding.ToJson())]),
                ["tried"] = tried,
                ["models"] = models?.ToJson(),
            });
            return;
        }

        foreach (var finding in findings)
            Console.Out.WriteLine(finding.ToString());
        foreach (var line in models?.Lines ?? [])
            answers.Write(line);
        answers.Write(FindingCount.Of(findings));
    }
}
