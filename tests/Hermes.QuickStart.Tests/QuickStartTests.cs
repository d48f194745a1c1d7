using System.Diagnostics;
using System.Reflection;

namespace Hermes.QuickStart.Tests;

/// <summary>Runs the sample as a user does, in a folder of its own.</summary>
public sealed class QuickStartTests : IDisposable
{
    private const int Kills = 5;
    private static readonly TimeSpan LongestRun = TimeSpan.FromMinutes(3);
    private readonly string _folder = Directory.CreateTempSubdirectory("hermes-quickstart-").FullName;

    [Fact]
    public async Task It_shows_the_changes_and_ends_with_the_target_equal_to_the_source_and_so_does_a_second_run()
    {
        var first = await RunAsync();
        var second = await RunAsync();

        first.Output.Should().Contain("First run").And.Contain("is hired").And.Contain("added    Users[301]").And.Contain("The target equals the source");
        first.ExitCode.Should().Be(0, first.Output);
        second.Output.Should().Contain("goes on from the stored state").And.Contain("added    Users[302]").And.NotContain("init-start").And.Contain("The target equals the source");
        second.ExitCode.Should().Be(0, second.Output);
    }

    [Fact]
    public async Task Killed_at_any_moment_and_run_again_it_ends_with_the_target_equal_to_the_source()
    {
        var seed = Random.Shared.Next();
        var random = new Random(seed);
        for (var kill = 0; kill < Kills; kill++)
        {
            using var process = Start();
            using var soon = new CancellationTokenSource(TimeSpan.FromMilliseconds(random.Next(200, 5_000)));
            await EndAsync(process, soon.Token);
        }

        var last = await RunAsync();

        last.Output.Should().Contain("The target equals the source", $"the seed was {seed}");
        last.ExitCode.Should().Be(0, $"the seed was {seed}: {last.Output}");
    }

    [Fact]
    public async Task An_unknown_argument_is_refused_with_those_that_are_known()
    {
        var result = await RunAsync("--rest");

        result.ExitCode.Should().Be(2);
        result.Output.Should().Contain("--reset").And.Contain("--watch");
    }

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    private async Task<(int ExitCode, string Output)> RunAsync(params string[] arguments)
    {
        using var process = Start(arguments);
        using var limit = new CancellationTokenSource(LongestRun);
        var output = process.StandardOutput.ReadToEndAsync(CancellationToken.None);
        var errors = process.StandardError.ReadToEndAsync(CancellationToken.None);
        await EndAsync(process, limit.Token);
        return (process.ExitCode, await output + await errors);
    }

    private Process Start(params string[] arguments)
    {
        var sample = typeof(QuickStartTests).Assembly.GetCustomAttributes<AssemblyMetadataAttribute>().Single(attribute => attribute.Key == "QuickStart").Value!;
        return Process.Start(new ProcessStartInfo("dotnet", [sample, .. arguments])
        {
            WorkingDirectory = _folder,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    // Waits for the end, and kills the process when the time is over.
    private static async Task EndAsync(Process process, CancellationToken timeIsOver)
    {
        try
        {
            await process.WaitForExitAsync(timeIsOver);
        }
        catch (OperationCanceledException)
        {
            process.Kill();
            await process.WaitForExitAsync(CancellationToken.None);
        }
    }
}
