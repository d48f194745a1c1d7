using Hermes.ServerRuntime.Steps;

namespace Hermes.ServerRuntime.Tests.Steps;

public sealed class ServerStepsTests
{
    [Fact]
    public void The_steps_of_a_poll_are_those_that_the_drawing_shows_in_its_order()
    {
        var steps = new ServerSteps(new ServerServices(null!, null!, null!, null!, null!, null!, null!, null!, null!));

        steps.Poll.Select(step => step.GetType().Name).Should().Equal(DrawnSteps());
    }

    private static IEnumerable<string> DrawnSteps()
    {
        var folder = AppContext.BaseDirectory;
        while (!File.Exists(Path.Combine(folder, "Hermes.Sdk.sln")))
            folder = Path.GetDirectoryName(folder)!;
        var page = File.ReadAllText(Path.Combine(folder, "src", "README.md"));
        var line = page[page.IndexOf("subgraph server", StringComparison.Ordinal)..].Split('\n')[1];
        return line.Split("-->").Select(box => box.Trim());
    }
}
