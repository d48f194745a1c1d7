using Hermes.ServerRuntime.Steps;
using Hermes.TestSupport;

namespace Hermes.ServerRuntime.Tests.Steps;

public sealed class ServerStepsTests
{
    [Fact]
    public void The_steps_of_a_poll_are_those_that_the_drawing_shows_in_its_order()
    {
        var steps = new ServerSteps(new ServerServices(null!, null!, null!, null!, null!, null!, null!, null!, null!, null!));

        steps.Poll.Select(step => step.GetType().Name).Should().Equal(StepsDrawing.Of("server"));
    }
}
