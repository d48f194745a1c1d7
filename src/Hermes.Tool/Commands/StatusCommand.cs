using System.CommandLine;
using System.Runtime.InteropServices;
using System.Text.Json.Nodes;
using Hermes.Tool.Control;
using Hermes.Tool.Output;

namespace Hermes.Tool.Commands;

/// <summary><c>hermes status</c>: how all servers and clients of a host are doing.</summary>
internal static class StatusCommand
{
    public static Command Create()
    {
        var watch = new Option<bool>("--watch") { Description = "Goes on to tell it each time that it changes, until it is stopped." };
        var command = new Command("status", "Tells how all servers and clients of a host that runs are doing.") { watch };
        return HostOptions.Attach(command, async context =>
        {
            if (context.Arguments.GetValue(watch))
                return await WatchAsync(context);
            Show(context.Answers, await context.Host.GetAsync("status", context.CancellationToken));
            return ExitCode.Done;
        });
    }

    private static async Task<int> WatchAsync(HostContext context)
    {
        using var end = CancellationTokenSource.CreateLinkedTokenSource(context.CancellationToken);
        using var interrupt = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);
        using var terminate = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        try
        {
            await foreach (var status in context.Host.WatchAsync(end.Token))
            {
                if (context.Answers.IsJson)
                    context.Answers.WriteLine(status);
                else
                    ShowAnew(context.Answers, status);
            }
        }
        catch (OperationCanceledException) when (end.IsCancellationRequested)
        {
            return ExitCode.Done;
        }
        catch (Exception broken) when (broken is IOException or HttpRequestException)
        {
            // The same as an end: nobody answers any more.
        }

        throw new ControlException(ExitCode.Unreachable, "The host has ended.");

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            end.Cancel();
        }
    }

    private static void ShowAnew(Answers answers, JsonNode status)
    {
        if (answers.IsTerminal)
            Console.Clear();
        else
            answers.Write("");
        Show(answers, status);
    }

    private static void Show(Answers answers, JsonNode status)
    {
        if (answers.IsJson)
        {
            answers.Write(status);
            return;
        }

        var servers = new TextTable("Server", "State", "Entries", "To be sent", "Held sets", "Last poll", "Next", "Problem");
        foreach (var one in status["servers"]!.AsArray())
        {
            var (last, next) = (Shown.Time(one!["lastUpdate"]), Shown.Time(one["nextUpdate"]));
            servers.Add(one["name"], one["state"], one["entries"], one["outbox"], one["awaitingApproval"], last, next, one["problem"]);
        }

        var clients = new TextTable("Client", "State", "Error queue", "Dead letters", "References", "Held sets", "Warnings", "Problem");
        foreach (var one in status["clients"]!.AsArray())
        {
            clients.Add(
                one!["name"], one["state"], one["queuedEvents"], one["deadLetters"], one["pendingReferences"], one["awaitingApproval"], one["warnings"], one["problem"]);
        }

        answers.Write(servers, "The host has no server.");
        answers.Write("");
        answers.Write(clients, "The host has no client.");
    }
}
