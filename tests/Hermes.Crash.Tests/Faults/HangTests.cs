using Hermes.Crash.Host;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Faults;

/// <summary>A bus or a target that never answers: told, no obstacle to a stop, and nothing is lost when it answers again.</summary>
public sealed class HangTests
{
    [Fact]
    public async Task A_target_that_exceeds_its_time_limit_is_told_and_the_work_goes_on()
    {
        using var campus = new QuietCampus();
        await using (var server = await campus.StartedAsync(Role.Server))
            await server.SettledAsync();
        await using (var client = await campus.StartedAsync(Role.Client, campus.Calm with { Hang = Hang.TargetWithTimeLimit }))
        {
            await client.LogsAsync("The target did not answer within its time limit.");
            (await client.StopAsync()).Should().Be(0);
        }

        await campus.ShouldHaveLostNothingAsync();
    }

    [Theory]
    [InlineData(Role.Client, Hang.DeafTarget)]
    [InlineData(Role.Client, Hang.DeafBus)]
    [InlineData(Role.Server, Hang.DeafBus)]
    internal async Task A_process_stops_although_something_never_answers(Role role, Hang hang)
    {
        using var campus = await QuietCampus.SettledAsync();
        campus.ChangeSource();
        if (role == Role.Client)
        {
            await using var server = await campus.StartedAsync(Role.Server);
            await server.SettledAsync();
        }

        await using (var process = await campus.StartedAsync(role, campus.Calm with { Hang = hang }))
            await process.StopAsync();

        await campus.ShouldHaveLostNothingAsync();
    }
}
