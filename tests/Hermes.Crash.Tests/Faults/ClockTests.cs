using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Faults;

/// <summary>A clock that jumps a day, while the processes run and between their starts: polls, retries and the purge of the trashbin go on.</summary>
public sealed class ClockTests
{
    [Theory]
    [InlineData(1, -1)]
    [InlineData(-1, 1)]
    public async Task Polls_retries_and_the_purge_go_on_when_the_clock_jumps(int first, int then)
    {
        using var campus = await QuietCampus.SettledAsync();
        foreach (var days in new[] { first, then })
        {
            campus.ChangeSource(20);
            var settings = campus.Calm with { Options = campus.Options, FaultPercent = 10, ClockShift = TimeSpan.FromDays(days) };
            await using var server = await campus.StartedAsync(Role.Server, settings);
            await using var client = await campus.StartedAsync(Role.Client, settings);
            await server.SettledAsync();
            await client.TellAsync("wait");
            (await client.SaysAsync("idle")).Should().NotBeNull("the queue and the trashbin become empty by themselves");
        }

        await campus.ShouldHaveLostNothingAsync();
    }
}
