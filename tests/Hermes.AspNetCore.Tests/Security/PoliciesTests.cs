using System.Net;
using System.Net.Http.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.AspNetCore.Tests.Security;

public sealed class PoliciesTests
{
    [Fact]
    public async Task Each_route_asks_for_its_role()
    {
        await using var host = await CampusHost.StartAsync(TestUsers.AddTo, group => group.RequireAuthorization());
        var held = await host.HoldRemovalsAsync();

        foreach (var (roles, read, poll, approve) in new[]
        {
            (new[] { "Nobody" }, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (["Hermes.Read"], HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.Forbidden),
            (["Hermes.Operate"], HttpStatusCode.OK, HttpStatusCode.OK, HttpStatusCode.Forbidden),
            (["Hermes.Approve"], HttpStatusCode.OK, HttpStatusCode.Forbidden, HttpStatusCode.OK),
        })
        {
            host.Http.DefaultRequestHeaders.Authorization = TestUsers.Header("erika", roles);
            (await host.Http.GetAsync("api/v1/status")).StatusCode.Should().Be(read, roles[0]);
            (await host.Http.GetAsync("")).StatusCode.Should().Be(read, roles[0]);
            (await host.Http.GetAsync("assets/hermes.css")).StatusCode.Should().Be(read, roles[0]);
            (await host.Http.PostAsync("api/v1/servers/campus/poll", JsonContent.Create(new { reason = "a" }))).StatusCode.Should().Be(poll, roles[0]);
            (await host.Http.PostAsync("api/v1/servers/campus/removals/Users/approve", JsonContent.Create(new { reason = "a", digest = held.Digest })))
                .StatusCode.Should().Be(approve, roles[0]);
        }

        host.Http.DefaultRequestHeaders.Authorization = null;
        (await host.Http.GetAsync("api/v1/status")).StatusCode.Should().Be(HttpStatusCode.Unauthorized);
        host.Log.Lines.Should().Contain(line => line.Contains("erika asks the server campus to Poll: a", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Every_route_is_behind_the_door()
    {
        await using var host = await CampusHost.StartAsync(TestUsers.AddTo, group => group.RequireAuthorization());
        host.Http.DefaultRequestHeaders.Authorization = TestUsers.Header("erika", "Hermes.Read");
        var routes = await Api.Routes.ReadAsync(host);
        host.Http.DefaultRequestHeaders.Authorization = null;

        (string, string)[] others = [("GET", ""), ("GET", "nothing"), ("POST", "servers/campus/act"), ("GET", "api/v1/openapi.json"), ("GET", "assets/hermes.js")];
        foreach (var (method, path) in routes.Concat(others))
        {
            using var request = new HttpRequestMessage(new HttpMethod(method), path);
            (await host.Http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Unauthorized, $"{method} {path}");
        }
    }

    [Fact]
    public async Task The_host_names_and_defines_policies_of_its_own()
    {
        await using var host = await CampusHost.StartAsync(
            services =>
            {
                TestUsers.AddTo(services);
                services.AddHermesDashboard(dashboard => dashboard.OperatePolicy = "NightShift");
                services.AddAuthorization(authorization => authorization.AddPolicy("NightShift", policy => policy.RequireUserName("ada")));
            },
            group => group.RequireAuthorization());

        foreach (var (user, status) in new[] { ("ada", HttpStatusCode.NoContent), ("erika", HttpStatusCode.Forbidden) })
        {
            host.Http.DefaultRequestHeaders.Authorization = TestUsers.Header(user, "Hermes.Operate");
            (await host.Http.PostAsync("api/v1/clients/portal/resume", JsonContent.Create(new { reason = "a" }))).StatusCode.Should().Be(status, user);
        }
    }

    [Fact]
    public async Task A_page_offers_only_what_who_looks_may_do()
    {
        await using var host = await CampusHost.StartAsync(TestUsers.AddTo, group => group.RequireAuthorization());
        await host.HoldRemovalsAsync();

        host.Http.DefaultRequestHeaders.Authorization = TestUsers.Header("erika", "Hermes.Read");
        (await host.Http.GetStringAsync("servers/campus")).Should().NotContain("method=\"post\"").And.Contain("You may look, but not decide.");
        (await host.Http.GetStringAsync("clients/portal/queue")).Should().NotContain("Discard");
        host.Http.DefaultRequestHeaders.Authorization = TestUsers.Header("erika", "Hermes.Approve");
        (await host.Http.GetStringAsync("servers/campus")).Should().Contain("Approve: let them go").And.Contain("You may look, but not operate.");
    }
}
