using System.CommandLine;
using Hermes.Tool.Hosting;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes schema</c>: the JSON Schema of configurations.</summary>
internal static class SchemaCommand
{
    public static Command Create()
    {
        var command = new Command("schema", "Writes the JSON Schema of configurations, by which editors complete and check them.");
        command.SetAction(async (_, _) =>
        {
            new Answers(Console.Out, isJson: true, isTerminal: false).Write(await ToolHost.DescribeAsync());
            return ExitCode.Done;
        });
        return command;
    }
}
