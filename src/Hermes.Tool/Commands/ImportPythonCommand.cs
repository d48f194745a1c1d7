using System.CommandLine;
using System.Text.Json.Nodes;
using Hermes.Tool.Configuration;
using Hermes.Tool.Import;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes import-python</c>: makes a configuration of ours out of that of the original program.</summary>
internal static class ImportPythonCommand
{
    public static Command Create()
    {
        var files = new Argument<string[]>("FILE")
        {
            Description = "The configuration of a server or client of the original program; those of one host together.",
            Arity = ArgumentArity.OneOrMore,
        };
        var output = new Option<string?>("--output", "-o")
        {
            Description = "The file to write, which must not exist; secrets go to the folder 'secrets' beside it. Default: the output, without the secrets.",
            HelpName = "FILE",
        };
        var json = new Option<bool>("--json") { Description = "Answers in JSON." };
        var command = new Command("import-python", "Makes a configuration out of that of the original program 1.0.9 in Python, and tells what has no counterpart and why.")
        {
            files, output, json,
        };
        command.SetAction((arguments, cancellationToken) =>
            ConvertAsync(arguments.GetValue(files)!, arguments.GetValue(output), new Answers(Console.Out, arguments.GetValue(json), isTerminal: false), cancellationToken));
        return command;
    }

    private static async Task<int> ConvertAsync(string[] files, string? output, Answers answers, CancellationToken cancellationToken)
    {
        var findings = new List<Finding>();
        var read = files.Select(file => SettingFiles.ReadAsItIs(file, findings)).ToList();
        foreach (var finding in findings)
            await Console.Error.WriteLineAsync(finding.ToString());
        if (read.Contains(null) || findings.Count > 0)
            return ExitCode.Configuration;

        var imported = PythonImport.Convert(read.OfType<MapNode>(), Path.Combine(Path.GetDirectoryName(output) ?? "", "secrets"));
        try
        {
            if (output is not null)
                await ImportedFiles.WriteAsync(output, imported, cancellationToken);
        }
        catch (Exception exception) when (exception is IOException or UnauthorizedAccessException)
        {
            await Console.Error.WriteLineAsync($"Not all of it is written: {exception.Message}");
            return ExitCode.Failed;
        }

        if (answers.IsJson)
            answers.Write(Json(imported, output));
        else
            await TellAsync(imported, output);
        return ExitCode.Done;
    }

    // What the configuration says goes to the output, so that it can be piped; what people are to know does not.
    private static async Task TellAsync(ImportedConfiguration imported, string? output)
    {
        if (output is null)
            await Console.Out.WriteAsync(imported.Yaml);
        foreach (var note in imported.Notes)
            await Console.Error.WriteLineAsync(note.ToString());
        foreach (var secret in imported.Secrets)
            await Console.Error.WriteLineAsync(output is null ? $"A secret belongs into the file {secret.File}." : $"A secret is written to {secret.File}.");
        if (output is not null)
            await Console.Error.WriteLineAsync($"{output} is written. Read it, change it, and then: hermes check {output}");
    }

    private static JsonObject Json(ImportedConfiguration imported, string? output) => new()
    {
        ["output"] = output,
        ["configuration"] = output is null ? imported.Yaml : null,
        ["secrets"] = new JsonArray([.. imported.Secrets.Select(secret => (JsonNode)secret.File)]),
        ["notes"] = new JsonArray([.. imported.Notes.Select(note => (JsonNode)note.ToJson())]),
    };
}
