using System.Text.RegularExpressions;
using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime.Tests.Steps;

/// <summary>The drawing of the flow is made of what the code does.</summary>
public sealed partial class ServerStepsTests
{
    [Fact]
    public void A_poll_runs_the_steps_that_the_drawing_shows_in_this_order()
    {
        var steps = new ServerSteps(NoServices()).Poll;

        steps.Select(step => step.GetType().Name).Should().Equal(DrawnSteps());
    }

    [Fact]
    public void A_preview_runs_the_same_steps_as_far_as_they_store_nothing()
    {
        var steps = new ServerSteps(NoServices());

        steps.Preview(10).SkipLast(1).Select(step => step.GetType()).Should().Equal(
            steps.Poll.Select(step => step.GetType()).SkipWhile(step => step != typeof(Fetch)).TakeWhile(step => step != typeof(ServerRuntime.Steps.Guard)));
    }

    private static string[] DrawnSteps()
    {
        var page = File.ReadAllText(Path.Combine(RepositoryFolder(), "src", "README.md"));
        var chain = page.Split('\n').First(line => line.TrimStart().StartsWith("Drain -->", StringComparison.Ordinal));
        return [.. StepName().Matches(chain).Select(match => match.Groups["name"].Value)];
    }

    private static string RepositoryFolder()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hermes.Sdk.sln")))
            folder = Path.GetDirectoryName(folder) ?? throw new InvalidOperationException("The test does not run inside the repository.");
        return folder;
    }

    // The steps are only named here; none is run.
    private static ServerServices NoServices() => new(null!, null!, null!, null!, null!, null!, null!, null!, null!);

    [GeneratedRegex(@"(?<name>\w+)(\[[^\]]*\])?\s*(-->|$)")]
    private static partial Regex StepName();
}
