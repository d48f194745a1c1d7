using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.DependencyInjection;

namespace Hermes.AspNetCore.Tests.Security;

public sealed class ClosedTests
{
    [Fact]
    public async Task Only_a_host_header_of_this_machine_is_answered()
    {
        await using var host = await CampusHost.StartAsync();

        foreach (var own in new[] { "localhost", "127.0.0.1", "[::1]", "LOCALHOST:1" })
            (await SendAsync(host, own)).StatusCode.Should().Be(HttpStatusCode.OK, own);
        foreach (var foreign in new[] { "evil.example", "localhost.evil.example", "192.0.2.1", "127.0.0.1.evil.example" })
        {
            var problem = await (await SendAsync(host, foreign)).ShouldBeProblemAsync(HttpStatusCode.Forbidden, foreign);
            problem.GetProperty("detail").GetString().Should().ContainAll("RequireAuthorization()", "AllowAnonymous()");
        }
    }

    [Theory]
    [InlineData("X-Forwarded-For", "203.0.113.7")]
    [InlineData("Forwarded", "for=203.0.113.7")]
    [InlineData("Via", "1.1 proxy")]
    public async Task What_a_proxy_passes_on_is_refused(string header, string value)
    {
        await using var host = await CampusHost.StartAsync();

        await (await SendAsync(host, "localhost", (header, value))).ShouldBeProblemAsync(HttpStatusCode.Forbidden);
    }

    [Theory]
    [InlineData("localhost", null, HttpStatusCode.OK)]
    [InlineData("evil.example", null, HttpStatusCode.Forbidden)]
    [InlineData("localhost", "X-Forwarded-For", HttpStatusCode.Forbidden)]
    public async Task A_connection_over_a_unix_socket_is_one_of_this_machine(string name, string? ofProxy, HttpStatusCode status)
    {
        var folder = Directory.CreateTempSubdirectory("hermes-web-");
        try
        {
            var socket = Path.Combine(folder.FullName, "hermes.sock");
            await using var host = await CampusHost.StartAsync(services => services.Configure<KestrelServerOptions>(kestrel =>
            {
                kestrel.ListenUnixSocket(socket);
                kestrel.Listen(IPAddress.Loopback, 0);
            }));
            using var http = host.Connect(new SocketsHttpHandler
            {
                ConnectCallback = async (_, cancellationToken) =>
                {
                    var connection = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
                    await connection.ConnectAsync(new UnixDomainSocketEndPoint(socket), cancellationToken);
                    return new NetworkStream(connection, ownsSocket: true);
                },
            });
            using var request = new HttpRequestMessage(HttpMethod.Get, new Uri("http://localhost/hermes/api/v1/status"));
            request.Headers.Host = name;
            if (ofProxy is not null)
                request.Headers.Add(ofProxy, "203.0.113.7");

            (await http.SendAsync(request)).StatusCode.Should().Be(status);
        }
        finally
        {
            folder.Delete(recursive: true);
        }
    }

    [Fact]
    public async Task Pages_may_be_left_out_and_the_api_stays()
    {
        await using var host = await CampusHost.StartAsync(services => services.AddHermesDashboard(options => options.HasPages = false));

        (await host.Http.GetAsync("api/v1/status")).StatusCode.Should().Be(HttpStatusCode.OK);
        await (await host.Http.GetAsync("api/v1/nothing")).ShouldBeProblemAsync(HttpStatusCode.NotFound);
        foreach (var page in new[] { "", "servers/campus", "assets/hermes.css" })
            (await host.Http.GetAsync(page)).StatusCode.Should().Be(HttpStatusCode.NotFound, page);
    }

    [OtherAddressFact]
    public async Task A_connection_that_is_not_over_loopback_is_refused()
    {
        await using var host = await CampusHost.StartAsync(alsoAt: OtherAddressFactAttribute.Find());
        using var http = host.Connect(address: 1);

        foreach (var path in new[] { "", "api/v1/status", "assets/hermes.css" })
        {
            using var request = new HttpRequestMessage(HttpMethod.Get, path);
            request.Headers.Host = "localhost";
            (await http.SendAsync(request)).StatusCode.Should().Be(HttpStatusCode.Forbidden, path);
        }
    }

    [OtherAddressFact]
    public async Task Who_opens_it_to_everybody_opens_it()
    {
        await using var host = await CampusHost.StartAsync(open: group => group.AllowAnonymous(), alsoAt: OtherAddressFactAttribute.Find());
        using var http = host.Connect(address: 1);

        (await http.GetAsync("api/v1/status")).StatusCode.Should().Be(HttpStatusCode.OK);
    }

    [Fact]
    public async Task A_page_that_is_refused_says_how_to_open_it()
    {
        await using var host = await CampusHost.StartAsync();
        using var request = new HttpRequestMessage(HttpMethod.Get, "");
        request.Headers.Host = "evil.example";

        var response = await host.Http.SendAsync(request);

        response.StatusCode.Should().Be(HttpStatusCode.Forbidden);
        (await response.Content.ReadAsStringAsync()).Should().Contain("RequireAuthorization()").And.NotContain("campus");
    }

    private static async Task<HttpResponseMessage> SendAsync(CampusHost host, string hostHeader, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, "api/v1/status");
        request.Headers.Host = hostHeader;
        foreach (var (name, value) in headers)
            request.Headers.Add(name, value);
        return await host.Http.SendAsync(request);
    }

    private sealed class OtherAddressFactAttribute : FactAttribute
    {
        public OtherAddressFactAttribute() => Skip = Find() is null ? "This machine has no address but loopback." : null;

        public static IPAddress? Find() => NetworkInterface.GetAllNetworkInterfaces()
            .Where(card => card.OperationalStatus == OperationalStatus.Up)
            .SelectMany(card => card.GetIPProperties().UnicastAddresses)
            .Select(unicast => unicast.Address)
            .FirstOrDefault(address => address.AddressFamily == AddressFamily.InterNetwork && !IPAddress.IsLoopback(address));
    }
}
