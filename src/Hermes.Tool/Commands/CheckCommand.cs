using System.CommandLine;
using Hermes.Tool.Hosting;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes check</c>: tells all that is wrong with a configuration.</summary>
internal static class CheckCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationArguments();
        var command = new Command("check", "Tells all that is wrong with a configuration, each with file, line and column. Connects to nothing.");
        configuration.AddTo(command);
        command.SetAction(async (arguments, _) =>
        {
            var findings = await ToolHost.CheckAsync(configuration.Read(arguments));
            foreach (var finding in findings)
                await Console.Out.WriteLineAsync(finding.ToString());
            await Console.Out.WriteLineAsync(FindingCount.Of(findings));
            return findings.All(finding => finding.IsWarning) ? ExitCode.Done : ExitCode.Configuration;
        });
        return command;
    }
}
