using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Http.Tests.Source;
using Hermes.Testing.Contracts.Sources;
using Hermes.TestSupport.Servers;

namespace Hermes.Http.Tests.Connection;

public sealed class CredentialTests
{
    [Fact]
    public async Task User_and_password_are_sent_in_utf8()
    {
        var request = await RequestAsync(options => (options.Authentication, options.User, options.Password) = (HttpAuthentication.Basic, "zoë", "p:w"));

        request.Header("Authorization").Should().Be("Basic " + Convert.ToBase64String(Encoding.UTF8.GetBytes("zoë:p:w")));
    }

    [Fact]
    public async Task A_token_is_sent_and_so_are_more_headers()
    {
        var request = await RequestAsync(options =>
        {
            (options.Authentication, options.Token) = (HttpAuthentication.Bearer, "abc");
            options.Headers["X-Tenant"] = "campus";
        });

        (request.Header("Authorization"), request.Header("X-Tenant")).Should().Be(("Bearer abc", "campus"));
    }

    [Fact]
    public async Task A_key_is_sent_in_a_header()
    {
        var request = await RequestAsync(options => (options.Authentication, options.ApiKey, options.ApiKeyHeader) = (HttpAuthentication.ApiKey, "abc", "X-Api-Key"));

        request.Header("X-Api-Key").Should().Be("abc");
    }

    [Fact]
    public async Task A_key_in_the_address_stands_once_in_it_also_behind_a_link_that_repeats_it()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.Headers["X-Total-Count"] = "0";
            if (number == 1)
                context.Response.Headers.Link = $"<{context.Self()}?key=a%26b&page=2>; rel=next";
            return context.JsonAsync("[]");
        });

        await service.ReadIdsAsync(options =>
        {
            (options.Authentication, options.ApiKey, options.ApiKeyParameter) = (HttpAuthentication.ApiKey, "a&b", "key");
            options.Paging = HttpPaging.Link;
        });

        service.Requests.Select(request => request.Target).Should().Equal("/?key=a%26b", "/?page=2&key=a%26b");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_token_is_fetched_once_and_renewed_before_it_ends(bool isInBody)
    {
        await using var authority = await TokensAsync(expiresIn: 100);
        await using var service = await EmptyAsync();
        var clock = new ImpatientClock();
        using var source = new HttpSource("hr", Reads.Options(service, options =>
        {
            Client(options, authority);
            (options.Scope, options.ClientSecretInBody) = ("read all", isInBody);
        }), clock);

        foreach (var seconds in (int[])[0, 50, 46, 50])
        {
            clock.Advance(TimeSpan.FromSeconds(seconds));
            await source.ReadAllAsync(Reads.Fetch());
        }

        service.Requests.Select(request => request.Header("Authorization")).Should().Equal("Bearer token-1", "Bearer token-1", "Bearer token-2", "Bearer token-2");
        var asked = authority.Requests[0];
        asked.Body.Should().Be("grant_type=client_credentials&scope=read+all" + (isInBody ? "&client_id=me&client_secret=s3%2Bcret" : ""));
        asked.Header("Authorization").Should().Be(isInBody ? null : "Basic " + Convert.ToBase64String("me:s3%2Bcret"u8));
    }

    [Fact]
    public async Task A_token_that_the_service_refuses_is_renewed_once()
    {
        await using var authority = await TokensAsync(expiresIn: 3600);
        await using var service = await TestService.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "0";
            return context.JsonAsync("[]", context.Request.Headers.Authorization == "Bearer token-2" ? 200 : 401);
        });

        await service.ReadIdsAsync(options => Client(options, authority));

        service.Requests.Should().HaveCount(2);
    }

    [Fact]
    public async Task A_service_that_refuses_every_token_is_told_after_two()
    {
        await using var authority = await TokensAsync(expiresIn: 3600);
        await using var service = await TestService.StartAsync((context, _) => context.JsonAsync("{}", 401));

        var read = () => service.ReadIdsAsync(options =>
        {
            Client(options, authority);
            options.Retries = 5;
        });

        var told = (await read.Should().ThrowAsync<SourceException>()).Which;
        (told.Fault, authority.Requests.Count).Should().Be((FaultKind.Permanent, 2));
        told.Everything().Should().Contain("credentials").And.NotContainAny("token-", "s3+cret");
    }

    [Theory]
    [InlineData(401, """{"error":"invalid_client","error_description":"s3+cret is wrong"}""", FaultKind.Permanent, "invalid_client")]
    [InlineData(400, """{"error":"s3+cret"}""", FaultKind.Permanent, "refuses the client.")]
    [InlineData(200, """{"access_token":"to\nken"}""", FaultKind.Permanent, "no token")]
    [InlineData(200, "<html>s3+cret", FaultKind.Permanent, "no token")]
    [InlineData(503, "", FaultKind.Transient, "not available")]
    [InlineData(302, "", FaultKind.Permanent, "302")]
    public async Task An_authorization_server_that_gives_no_token_is_told_with_its_address(int status, string answer, FaultKind fault, string reason)
    {
        await using var authority = await TestService.StartAsync((context, _) => context.JsonAsync(answer, status));
        await using var service = await EmptyAsync();

        var read = () => service.ReadIdsAsync(options => Client(options, authority));

        var told = (await read.Should().ThrowAsync<SourceException>()).Which;
        told.Fault.Should().Be(fault);
        told.Everything().Should().Contain($"{authority.Address}/token").And.Contain(reason).And.NotContain("s3+cret");
        service.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_certificate_proves_who_the_client_is_and_an_authority_who_the_service_is()
    {
        var folder = Directory.CreateTempSubdirectory("hermes-http-").FullName;
        try
        {
            var certificates = TestCertificates.Make(folder);
            var seen = "";
            await using var service = await TestService.StartAsync(
                (context, _) =>
                {
                    seen = context.Connection.ClientCertificate?.Subject ?? "";
                    context.Response.Headers["X-Total-Count"] = "0";
                    return context.JsonAsync("[]");
                },
                certificates);

            await service.ReadIdsAsync(options => (options.ClientCertificateFile, options.ClientKeyFile, options.CaCertificateFile) =
                (certificates.Certificate, certificates.Key, certificates.Authority));
            seen.Should().Be("CN=localhost");

            foreach (var authority in (string?[])[null, certificates.OtherAuthority])
            {
                var refused = () => service.ReadIdsAsync(options => options.CaCertificateFile = authority);
                var told = (await refused.Should().ThrowAsync<SourceException>()).Which;
                (told.Fault, told.Message.Contains("not trusted", StringComparison.Ordinal)).Should().Be((FaultKind.Permanent, true));
            }

            var expired = TestCertificates.MakeExpired(Path.Combine(folder, "expired"));
            await using var old = await TestService.StartAsync((context, _) => context.JsonAsync("[]"), expired);
            var ended = () => old.ReadIdsAsync(options => options.CaCertificateFile = expired.Authority);
            (await ended.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Permanent);

            var missing = () => service.ReadIdsAsync(options => options.CaCertificateFile = Path.Combine(folder, "nowhere.crt"));
            (await missing.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("CaCertificateFile");
        }
        finally
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private static void Client(HttpSourceOptions options, TestService authority) =>
        (options.Authentication, options.TokenAddress, options.ClientId, options.ClientSecret) =
            (HttpAuthentication.ClientCredentials, $"{authority.Address}/token", "me", "s3+cret");

    private static Task<TestService> TokensAsync(int expiresIn) => TestService.StartAsync((context, number) =>
        context.JsonAsync($$"""{"access_token":"token-{{number}}","token_type":"Bearer","expires_in":{{expiresIn}}}"""));

    private static Task<TestService> EmptyAsync() => TestService.StartAsync((context, _) =>
    {
        context.Response.Headers["X-Total-Count"] = "0";
        return context.JsonAsync("[]");
    });

    private static async Task<HeardRequest> RequestAsync(Action<HttpSourceOptions> change)
    {
        await using var service = await EmptyAsync();
        await service.ReadIdsAsync(change);
        return service.Requests.Single();
    }
}
