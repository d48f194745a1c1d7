using System.CommandLine;
using System.Text.Json;
using System.Text.Json.Nodes;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Tool.Configuration;
using Hermes.Tool.Control;
using Hermes.Tool.Hosting;
using Hermes.Tool.Output;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes test</c>: what a template, or the mapping of a client's data type, makes of an entry.</summary>
internal static class TestCommand
{
    public static Command Create()
    {
        var template = new Argument<string?>("TEMPLATE")
        {
            Description = "The template. Without one, the mapping of --client and --type is tried.",
            Arity = ArgumentArity.ZeroOrOne,
        };
        var entry = new Option<string>("--entry") { Description = "The entry as JSON, or a file that holds it.", HelpName = "JSON|FILE", Required = true };
        var configuration = new Option<string[]>("--config", "-c")
        {
            Description = "The configuration, for its mappings, filters and language of templates.",
            HelpName = "FILE",
            Arity = ArgumentArity.OneOrMore,
            AllowMultipleArgumentsPerToken = false,
        };
        var client = new Option<string?>("--client") { Description = "The client whose mapping is tried.", HelpName = "NAME" };
        var type = new Option<string?>("--type") { Description = "The client's data type.", HelpName = "NAME" };
        var json = new Option<bool>("--json") { Description = "Answers in JSON." };
        var command = new Command("test", "Tells what a template, or the mapping of a client's data type, makes of an entry. Connects to nothing.")
        {
            template, entry, configuration, client, type, json,
        };
        command.SetAction(async (arguments, _) =>
        {
            var answers = new Answers(Console.Out, arguments.GetValue(json), isTerminal: false);
            try
            {
                var located = Located(arguments.GetValue(configuration));
                var given = EntryOf(arguments.GetValue(entry)!);
                await using var made = located is null ? null : await ToolHost.MakeAsync(located);
                if (made is { Host: null })
                    throw new ControlException(ExitCode.Configuration, string.Join(Environment.NewLine, made.Findings));
                await using var plain = new ServiceCollection().AddHermesFilters().AddHermesTemplates().BuildServiceProvider();
                var engine = (made?.Host?.Services ?? plain).GetRequiredService<ITemplateEngine>();
                var texts = arguments.GetValue(template) is { } text
                    ? [new("", text)]
                    : MappingTexts.Of(located ?? throw Usage(), arguments.GetValue(client) ?? throw Usage(), arguments.GetValue(type) ?? throw Usage());
                return Tell(answers, new MappingTrial(engine, given), texts);
            }
            catch (ControlException refused)
            {
                await Console.Error.WriteLineAsync(refused.Message);
                return refused.ExitCode;
            }
        });
        return command;
    }

    private static ControlException Usage() => new(ExitCode.Usage, "Say what is to be tried: a TEMPLATE; or a mapping, by --config, --client and --type.");

    private static LocatedSettings? Located(string[]? files)
    {
        if (files is not { Length: > 0 })
            return null;
        var environment = Environment.GetEnvironmentVariables();
        return LocatedSettings.Read(files, Override.Of(environment), environment);
    }

    private static Entry EntryOf(string text)
    {
        try
        {
            return JsonSerializer.Deserialize<Entry>(text.TrimStart().StartsWith('{') ? text : File.ReadAllText(text)) ?? throw new JsonException();
        }
        catch (JsonException)
        {
            throw new ControlException(ExitCode.Usage, """--entry is no JSON object. Write it like '{"login": "Ada"}'.""");
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            throw new ControlException(ExitCode.Usage, $"--entry: {exception.Message}");
        }
    }

    private static int Tell(Answers answers, MappingTrial trial, IReadOnlyList<KeyValuePair<string, string>> texts)
    {
        var (results, code, table) = (new JsonObject(), ExitCode.Done, new TextTable("Attribute", "Value"));
        foreach (var (name, text) in texts)
        {
            var (value, error) = trial.Of(text);
            if (error is not null)
                code = ExitCode.Failed;
            results[name] = error is null ? value : new JsonObject { ["error"] = error };
            table.Add(name, error is not null ? $"error: {error}" : value is null ? "(not set)" : Shown.Value(value));
        }

        if (texts is [{ Key: "" }])
            TellOne(answers, results[""], table.Rows[0][1]);
        else if (answers.IsJson)
            answers.Write(results);
        else
            answers.Write(table, "Nothing is mapped.");
        return code;
    }

    private static void TellOne(Answers answers, JsonNode? result, string text)
    {
        if (answers.IsJson)
            answers.WriteLine(result ?? JsonValue.Create((string?)null)!);
        else
            answers.Write(text);
    }
}
