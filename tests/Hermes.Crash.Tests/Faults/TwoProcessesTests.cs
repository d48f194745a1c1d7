using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Faults;

/// <summary>Two processes on one state: the second waits, the first goes on.</summary>
public sealed class TwoProcessesTests
{
    [Fact]
    public async Task A_second_server_on_a_state_waits_until_the_first_is_gone()
    {
        using var campus = new QuietCampus();
        await using var first = await campus.StartedAsync(Role.Server);
        await using (var second = campus.Start(Role.Server))
        {
            await second.LogsAsync("is in use by another server");
            campus.ChangeSource();
            await first.SettledAsync();
            (await first.StopAsync()).Should().Be(0);
            await second.SettledAsync();
            (await second.StopAsync()).Should().Be(0);
        }

        await campus.ShouldHaveLostNothingAsync();
    }

    [Fact]
    public async Task A_second_client_on_a_state_waits_until_the_first_is_gone()
    {
        using var campus = await QuietCampus.SettledAsync();
        campus.ChangeSource();
        await using (var server = await campus.StartedAsync(Role.Server))
            await server.SettledAsync();
        await using var first = await campus.StartedAsync(Role.Client);
        await first.SettledAsync();
        await using (var second = campus.Start(Role.Client))
        {
            await second.LogsAsync("is in use by another client");
            (await first.StopAsync()).Should().Be(0);
            await second.SettledAsync();
            (await second.StopAsync()).Should().Be(0);
        }

        await campus.ShouldHaveLostNothingAsync();
    }
}
