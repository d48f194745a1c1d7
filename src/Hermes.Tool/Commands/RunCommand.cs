using System.CommandLine;
using Hermes.Runtime.Configuration;
using Hermes.Tool.Configuration;
using Hermes.Tool.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes run</c>: the host.</summary>
internal static class RunCommand
{
    public static Command Create()
    {
        var configuration = new ConfigurationArguments();
        var command = new Command("run", "Runs all servers and clients of a configuration until it is stopped (Ctrl+C, SIGTERM). Logs to the console.");
        configuration.AddTo(command);
        command.SetAction((arguments, cancellationToken) => RunAsync(configuration.Read(arguments), cancellationToken));
        return command;
    }

    private static async Task<int> RunAsync(LocatedSettings settings, CancellationToken cancellationToken)
    {
        await using var made = await ToolHost.MakeAsync(settings);
        foreach (var finding in made.Findings)
            await Console.Error.WriteLineAsync(finding.ToString());
        if (made.Host is not { } host || made.Findings.Any(finding => !finding.IsWarning))
        {
            await Console.Error.WriteLineAsync($"Nothing is run: {FindingCount.Of(made.Findings)}.");
            return ExitCode.Configuration;
        }

        var parts = host.Services.GetServices<IHostedService>().OfType<BackgroundService>().ToList();
        try
        {
            await host.RunAsync(cancellationToken);
        }
        catch (Exception exception) when (exception is not OperationCanceledException)
        {
            await Console.Error.WriteLineAsync($"The host broke off: {SecretText.Clean(exception.Message)}");
            return ExitCode.Failed;
        }

        // A part that breaks off stops the host, which then ends as if it had been asked to.
        return parts.Exists(part => part.ExecuteTask is { IsFaulted: true }) ? ExitCode.Failed : ExitCode.Done;
    }
}
