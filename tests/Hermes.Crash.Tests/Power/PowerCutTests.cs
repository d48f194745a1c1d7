using Hermes.Crash.Host;
using Hermes.Crash.Host.Failpoints;
using Hermes.Crash.Tests.Rig;

namespace Hermes.Crash.Tests.Power;

/// <summary>The power is cut while a client works: its process dies, and what it did not flush is lost.</summary>
public sealed class PowerCutTests : IDisposable
{
    private readonly QuietCampus _campus = new(CampusOptions.Plain with { Target = CampusTarget.Folder, Secret = CampusOptions.Password, Trouble = CampusTrouble.Cuts });

    public void Dispose() => _campus.Dispose();

    [PowerCutFact]
    public async Task What_a_client_did_before_each_of_many_cuts_comes_to_what_the_source_has()
    {
        await _campus.SettleAsync();
        for (var round = 1; round <= 6; round++)
        {
            _campus.ChangeSource(20);
            await using (var server = await _campus.StartedAsync(Role.Server))
                await server.SettledAsync();
            await CutAtAsync(round % 2 == 0 ? ClientFailpoints.AfterHandler : ClientFailpoints.BeforeCommit, round * 2);
        }

        await _campus.ShouldHaveLostNothingAsync();
    }

    private async Task CutAtAsync(string failpoint, int hit)
    {
        await using (var client = RigProcess.Start(Role.Client, _campus.Folder, _campus.Calm, new Kill.At(failpoint, hit)))
            (await client.EndsWithinAsync(TimeSpan.FromMinutes(1))).Should().BeTrue($"{failpoint} is passed");
        await new PowerCuts(_campus.Folder, new Random(hit)).StrikeAsync();
    }
}
