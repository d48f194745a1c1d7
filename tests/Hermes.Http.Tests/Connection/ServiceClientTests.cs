using System.Net;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Http.Tests.Source;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Http.Tests.Connection;

public sealed class ServiceClientTests
{
    [Theory]
    [InlineData("7", 7)]
    [InlineData("Thu, 01 Jan 2026 00:02:00 GMT", 120)]
    [InlineData("Wed, 31 Dec 2025 00:00:00 GMT", 0)]
    public async Task A_service_that_asks_to_wait_is_asked_again_after_that(string retryAfter, int seconds)
    {
        await using var service = await BusyOnceAsync(429, retryAfter);
        var clock = new ImpatientClock();
        using var source = new HttpSource("hr", Reads.Options(service, options => options.Retries = 1), clock);

        await source.ReadAllAsync(Reads.Fetch());

        service.Requests.Should().HaveCount(2);
        clock.Waits.Where(wait => wait > TimeSpan.Zero).Sum(wait => wait.TotalSeconds).Should().Be(seconds);
    }

    [Fact]
    public async Task A_service_that_asks_to_wait_for_long_is_left_in_peace()
    {
        await using var service = await BusyOnceAsync(503, "3000");

        var read = () => service.ReadIdsAsync(options => options.Retries = 3);

        var told = (await read.Should().ThrowAsync<SourceException>()).Which;
        (told.Fault, service.Requests.Count).Should().Be((FaultKind.Transient, 1));
        told.Message.Should().Contain("LongestWait");
    }

    [Theory]
    [InlineData(500, 2)]
    [InlineData(408, 2)]
    [InlineData(400, 1)]
    [InlineData(403, 1)]
    [InlineData(501, 1)]
    public async Task Only_what_may_pass_is_tried_again(int status, int requests)
    {
        await using var service = await TestService.StartAsync((context, _) => context.JsonAsync("{}", status));

        var read = () => service.ReadIdsAsync(options => options.Retries = 1);

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(requests == 1 ? FaultKind.Permanent : FaultKind.Transient);
        service.Requests.Should().HaveCount(requests);
    }

    [Fact]
    public async Task A_failure_in_the_middle_is_made_good_on_the_same_page()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.Headers["X-Total-Count"] = "3";
            var at = (int)context.Request.Number("page", 1) - 1;
            return number == 2 ? context.JsonAsync("{}", 500) : context.JsonAsync(Reads.Ids(((long[])[1, 2, 3]).Skip(at).Take(1)));
        });

        (await service.ReadIdsAsync(options => (options.Paging, options.PagingParameter, options.Retries) = (HttpPaging.Page, "page", 1))).Should().Equal(1, 2, 3);
        service.Requests.Select(request => request.Target).Should().Equal("/?page=1", "/?page=2", "/?page=2", "/?page=3", "/?page=4");
    }

    [Fact]
    public async Task Requests_keep_their_least_distance()
    {
        await using var service = await TestService.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "0";
            return context.JsonAsync("[]");
        });
        var clock = new ImpatientClock();
        using var source = new HttpSource("hr", Reads.Options(service, options => options.RequestInterval = TimeSpan.FromSeconds(2)), clock);

        await source.ReadAllAsync(Reads.Fetch());
        await source.ReadAllAsync(Reads.Fetch());

        clock.Waits.Should().Equal(TimeSpan.FromSeconds(2));
    }

    [Fact]
    public async Task A_redirect_is_followed_only_if_allowed_and_only_on_the_same_host()
    {
        await using var other = await TestService.StartAsync("[]");
        var target = "/moved";
        await using var service = await TestService.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "0";
            if (context.Request.Path == "/moved")
                return context.JsonAsync("[]");
            context.Response.Headers.Location = target;
            return context.JsonAsync("{}", 302);
        });

        var forbidden = () => service.ReadIdsAsync(Token);
        (await forbidden.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("Redirects");
        service.Requests.Should().HaveCount(1);

        (await service.ReadIdsAsync(Allowed)).Should().BeEmpty();

        string[] others = [$"{other.Address}/x", $"http://localhost:{service.Port}/moved", $"https://127.0.0.1:{service.Port}/moved", "http://169.254.169.254/latest"];
        foreach (var elsewhere in others)
        {
            target = elsewhere;
            var stolen = () => service.ReadIdsAsync(Allowed);
            (await stolen.Should().ThrowAsync<SourceException>()).Which.Everything().Should().Contain("another host").And.NotContain("s3cret");
        }

        target = "/again";
        var circle = () => service.ReadIdsAsync(Allowed);
        (await circle.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("more often");
        other.Requests.Should().BeEmpty();

        static void Token(HttpSourceOptions options) => (options.Authentication, options.Token) = (HttpAuthentication.Bearer, "s3cret");
        static void Allowed(HttpSourceOptions options)
        {
            Token(options);
            options.Redirects = 2;
        }
    }

    [Fact]
    public async Task Private_addresses_can_be_forbidden_also_behind_a_name_that_changes_its_address()
    {
        await using var service = await TestService.StartAsync("[]");
        var answers = new Queue<string>(["127.0.0.1", "::ffff:10.0.0.1", "169.254.169.254", "fd00::1", "64:ff9b::7f00:1"]);
        var options = Reads.Options(service, options => (options.AllowPrivateAddresses, options.Address) = (false, $"http://rebinding.example:{service.Port}"));
        using var source = new HttpSource("hr", options, new ImpatientClock(), null, (_, _) => Task.FromResult<IPAddress[]>([IPAddress.Parse(answers.Dequeue())]));

        while (answers.Count > 0)
        {
            var read = () => source.ReadAllAsync(Reads.Fetch());
            (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("AllowPrivateAddresses").And.Contain("rebinding.example");
        }

        var literal = () => service.ReadIdsAsync(options => options.AllowPrivateAddresses = false);
        (await literal.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("AllowPrivateAddresses");
        service.Requests.Should().BeEmpty();
    }

    [Theory]
    [InlineData("8.8.8.8", false)]
    [InlineData("2606:4700::1111", false)]
    [InlineData("172.32.0.1", false)]
    [InlineData("172.31.255.255", true)]
    [InlineData("100.64.0.1", true)]
    [InlineData("0.0.0.0", true)]
    [InlineData("224.0.0.1", true)]
    [InlineData("::1", true)]
    [InlineData("::", true)]
    [InlineData("fe80::1", true)]
    [InlineData("2002:7f00:1::", true)]
    [InlineData("2002:808:808::", false)]
    public void Addresses_of_private_networks_are_known(string address, bool isPrivate) =>
        PrivateAddresses.IsPrivate(IPAddress.Parse(address)).Should().Be(isPrivate);

    [Fact]
    public async Task A_host_that_nobody_knows_or_that_refuses_is_told_without_the_parameters_of_the_address()
    {
        foreach (var address in new[] { $"http://127.0.0.1:{FreePorts.Next()}", "http://nobody.invalid" })
        {
            var options = new HttpSourceOptions
            {
                Address = address,
                Proof = ReadProof.TwoPasses,
                Retries = 0,
                Authentication = HttpAuthentication.ApiKey,
                ApiKey = "s3cret",
                ApiKeyParameter = "key",
                AllowUnprotected = true,
            };
            options.Key.Add("id");
            using var source = new HttpSource("hr", options);

            var read = () => source.ReadAllAsync(Reads.Fetch("people?filter=private"));

            var told = (await read.Should().ThrowAsync<SourceException>()).Which;
            told.Everything().Should().Contain("/people").And.NotContainAny("s3cret", "private");
            told.Fault.Should().Be(FaultKind.Transient);
        }
    }

    private static Task<TestService> BusyOnceAsync(int status, string retryAfter) => TestService.StartAsync((context, number) =>
    {
        context.Response.Headers["X-Total-Count"] = "0";
        if (number > 1)
            return context.JsonAsync("[]");
        context.Response.Headers.RetryAfter = retryAfter;
        return context.JsonAsync("{}", status);
    });
}
