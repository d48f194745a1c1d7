using System.Collections.Concurrent;
using System.Diagnostics;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Hermes.Testing.Logging;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;

namespace Hermes.Http.Tests.Source;

public sealed class SecretTests
{
    private const string Secret = "S3CRET";

    [Theory]
    [InlineData(HttpAuthentication.Basic)]
    [InlineData(HttpAuthentication.Bearer)]
    [InlineData(HttpAuthentication.ApiKey)]
    [InlineData(HttpAuthentication.ClientCredentials)]
    public async Task No_credential_and_no_content_is_in_a_message_a_log_or_a_trace_whatever_fails(HttpAuthentication authentication)
    {
        var spans = new ConcurrentQueue<string>();
        using var listener = new ActivityListener
        {
            ShouldListenTo = source => source.Name.StartsWith("System.Net", StringComparison.Ordinal) || source.Name.StartsWith("Hermes", StringComparison.Ordinal),
            Sample = (ref ActivityCreationOptions<ActivityContext> _) => ActivitySamplingResult.AllDataAndRecorded,
            ActivityStopped = activity => spans.Enqueue(
                $"{activity.DisplayName} {string.Join(' ', activity.TagObjects)} {string.Join(' ', activity.Events.SelectMany(told => told.Tags))}"),
        };
        ActivitySource.AddActivityListener(listener);
        var log = new RecordingLoggerProvider();
        using var factory = LoggerFactory.Create(logging => logging.SetMinimumLevel(LogLevel.Trace).AddProvider(log));
        await using var service = await TestService.StartAsync((context, number) => context.Request.Path == "/token"
            ? context.JsonAsync($$"""{"access_token":"{{Secret}}"}""")
            : FailAsync(context, number));
        var options = Reads.Options(service, options => Choose(options, authentication, service));
        using var source = new HttpSource("hr", options, new ImpatientClock(), factory.CreateLogger<HttpSource>());

        for (var i = 0; i < 10; i++)
        {
            var read = () => source.ReadAllAsync(Reads.Fetch($"people?password={Secret}", "id", "name"));
            (await read.Should().ThrowAsync<SourceException>()).Which.Everything().Should().NotContain(Secret);
        }

        string.Join('\n', log.Lines).Should().Contain("made again").And.NotContain(Secret);
        string.Join('\n', spans.Where(span => span.Contains(service.Port.ToString(System.Globalization.CultureInfo.InvariantCulture), StringComparison.Ordinal)))
            .Should().NotBeEmpty().And.NotContain(Secret);
        options.ToString().Should().NotContain(Secret);
        service.Requests.Select(request => request.Target + string.Join(' ', request.Headers.Values)).Should().Contain(heard =>
            heard.Contains(Secret, StringComparison.Ordinal) || heard.Contains("Basic ", StringComparison.Ordinal), "it is sent");
    }

    private static void Choose(HttpSourceOptions options, HttpAuthentication authentication, TestService service)
    {
        (options.Authentication, options.Retries, options.Rereads, options.ErrorPointer) = (authentication, 1, 1, "/error");
        switch (authentication)
        {
            case HttpAuthentication.Basic: (options.User, options.Password) = ("me", Secret); break;
            case HttpAuthentication.Bearer: options.Token = Secret; break;
            case HttpAuthentication.ApiKey: (options.ApiKey, options.ApiKeyParameter) = (Secret, "key"); break;
            default: (options.TokenAddress, options.ClientId, options.ClientSecret) = ($"{service.Address}/token", "me", Secret); break;
        }
    }

    private static async Task FailAsync(HttpContext context, int number)
    {
        context.Response.Headers["X-Total-Count"] = number % 2 == 0 ? "9" : Secret;
        switch (number % 9)
        {
            case 0: await context.JsonAsync($"\"{Secret}\"", 500); break;
            case 1: await context.JsonAsync($"\"{Secret}\"", 401); break;
            case 2: await context.JsonAsync($$"""[{"id":"{{Secret}}"}]"""); break;
            case 3: await context.JsonAsync($$"""[{"id":1,"name":"{{Secret}}"}]"""); break;
            case 4: await context.JsonAsync($$"""[{"{{Secret}}":}]"""); break;
            case 5: await context.JsonAsync($$"""{"error":"{{Secret}}"}"""); break;
            case 6: await context.JsonAsync($$"""[{"id":"{{Secret}}","name":"x"},{"id":"{{Secret}}","name":"y"}]"""); break;
            case 7: await context.JsonAsync($$"""[{"id":1,"name":9{{new string('9', 400)}}}]"""); break;
            default:
                context.Response.Headers.Location = $"{context.Self()}?again={Secret}";
                await context.JsonAsync("{}", 302);
                break;
        }
    }
}
