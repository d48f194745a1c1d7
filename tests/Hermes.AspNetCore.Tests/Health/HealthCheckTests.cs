using System.Net;
using Microsoft.Extensions.Diagnostics.HealthChecks;

namespace Hermes.AspNetCore.Tests.Health;

public sealed class HealthCheckTests
{
    [Fact]
    public async Task A_host_that_works_is_healthy_and_one_whose_client_is_stopped_is_not()
    {
        await using var host = await CampusHost.StartAsync();
        (await host.Http.GetStringAsync("/health")).Should().Be("Healthy");

        await host.Server.PauseAsync();
        (await host.Http.GetStringAsync("/health")).Should().Be("Degraded");

        await host.Client.StopAsync();
        var response = await host.Http.GetAsync("/health");
        response.StatusCode.Should().Be(HttpStatusCode.ServiceUnavailable);
    }

    [Fact]
    public async Task Each_check_has_its_tag_and_tells_how_each_is_doing()
    {
        await using var host = await CampusHost.StartAsync();
        await host.HoldRemovalsAsync();

        var report = await host.CheckHealthAsync();

        report.Entries.Keys.Should().BeEquivalentTo("hermes-live", "hermes-ready", "hermes-degraded");
        report.Entries["hermes-live"].Tags.Should().BeEquivalentTo("hermes", "live");
        report.Entries["hermes-ready"].Status.Should().Be(HealthStatus.Healthy);
        report.Entries["hermes-degraded"].Status.Should().Be(HealthStatus.Degraded);
        report.Entries["hermes-degraded"].Description.Should().Contain("server campus: removals await approval: Users");
        report.Entries["hermes-live"].Data.Keys.Should().BeEquivalentTo("server campus", "client portal");
    }
}
