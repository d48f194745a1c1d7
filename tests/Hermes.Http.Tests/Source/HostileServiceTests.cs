using System.IO.Compression;
using System.Text;
using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Hermes.Testing.Contracts.Sources;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Source;

public sealed class HostileServiceTests
{
    [Theory]
    [InlineData("""[{"id":1},{"id":""")]
    [InlineData("""[{"id":1}""")]
    [InlineData("")]
    [InlineData("<html>Please log in</html>")]
    [InlineData("""{"error":"no rights"}""")]
    [InlineData("""[{"id":1,"id":2}]""")]
    [InlineData("[1]")]
    [InlineData("""[{"id":null}]""")]
    [InlineData("""[{"id":{"a":1}}]""")]
    [InlineData("""[{"name":"s3cret"}]""")]
    [InlineData("""[{"id":"\ud83d"}]""")]
    public async Task What_is_no_list_of_items_is_refused_and_not_shown(string answer)
    {
        await using var service = await TestService.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "1";
            return context.JsonAsync(answer);
        });

        var read = () => service.ReadIdsAsync(options => options.MissingAttributes = MissingAttribute.NotSet);

        (await read.Should().ThrowAsync<SourceException>()).Which.Everything().Should().Contain("page 1").And.NotContainAny("Please", "rights", "s3cret");
    }

    [Fact]
    public async Task An_answer_with_status_200_that_tells_an_error_is_a_failure()
    {
        await using var service = await TestService.StartAsync("""{"items":[],"total":0,"errors":["s3cret went wrong"]}""");

        var read = () => service.ReadIdsAsync(options =>
            (options.Items, options.TotalHeader, options.TotalPointer, options.ErrorPointer) = ("/items", null, "/total", "/errors"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Everything().Should().Contain("/errors").And.NotContain("s3cret");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_that_ends_before_its_length_or_last_chunk_is_a_failure(bool hasLength)
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "1";
            context.Response.ContentType = "application/json";
            context.Response.ContentLength = hasLength ? 1000 : null;
            await context.Response.WriteAsync("""[{"id":1}]""");
            await context.Response.Body.FlushAsync();
            context.Abort();
        });

        var read = () => service.ReadIdsAsync();

        var told = (await read.Should().ThrowAsync<SourceException>()).Which;
        told.Fault.Should().Be(FaultKind.Transient);
        told.Message.Should().Contain("connection");
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_answer_without_end_is_cut_off_at_its_longest_length(bool hasLength)
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.ContentLength = hasLength ? long.MaxValue : null;
            var blanks = new byte[1 << 16];
            while (!context.RequestAborted.IsCancellationRequested)
                await context.Response.Body.WriteAsync(blanks, context.RequestAborted);
        });

        var read = () => service.ReadIdsAsync(options => options.MaxAnswerLength = 1 << 20);

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("MaxAnswerLength");
    }

    [Fact]
    public async Task A_small_answer_that_is_large_when_decompressed_is_cut_off_too()
    {
        await using var service = await TestService.StartAsync((context, _) => ZippedAsync(context, Compressed(new byte[4 << 20])));

        var read = () => service.ReadIdsAsync(options => options.MaxAnswerLength = 1 << 20);

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("MaxAnswerLength");
    }

    [Theory]
    [InlineData(HttpItemFormat.Json)]
    [InlineData(HttpItemFormat.JsonLines)]
    public async Task A_compressed_answer_is_read_whole_or_not_at_all(HttpItemFormat format)
    {
        var items = string.Join('\n', Enumerable.Range(1, 400).Select(i => $$"""{"id":{{i}},"noise":"{{Guid.NewGuid()}}"}"""));
        var whole = Compressed(Encoding.UTF8.GetBytes(format == HttpItemFormat.Json ? $"[{items.Replace('\n', ',')}]" : items));
        var cut = 0;
        await using var service = await TestService.StartAsync((context, _) => ZippedAsync(context, whole.AsMemory(0, whole.Length - cut)));

        (await service.ReadIdsAsync(options => Choose(options, format))).Should().HaveCount(400);
        service.Requests[0].Header("Accept-Encoding").Should().Be("gzip");

        foreach (var length in (int[])[1, 8, 100, whole.Length / 2])
        {
            cut = length;
            var read = () => service.ReadIdsAsync(options => Choose(options, format));
            await read.Should().ThrowAsync<SourceException>($"{cut} bytes are missing");
        }
    }

    [Fact]
    public async Task A_slow_drip_is_given_up_after_the_time_limit_of_the_request()
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            while (!context.RequestAborted.IsCancellationRequested)
            {
                await context.Response.WriteAsync(" ", context.RequestAborted);
                await context.Response.Body.FlushAsync(context.RequestAborted);
                await Task.Yield();
            }
        });
        using var source = new HttpSource("hr", Reads.Options(service, options => options.RequestTimeout = TimeSpan.FromMilliseconds(200)));

        var read = () => source.ReadAllAsync(Reads.Fetch());

        var told = (await read.Should().ThrowAsync<SourceException>()).Which;
        (told.Fault, told.Message.Contains("RequestTimeout", StringComparison.Ordinal)).Should().Be((FaultKind.Transient, true));
    }

    [Fact]
    public async Task A_service_that_never_answers_is_given_up_after_the_time_limit_of_the_read()
    {
        await using var service = await TestService.StartAsync((context, _) => Task.Delay(Timeout.InfiniteTimeSpan, TimeProvider.System, context.RequestAborted));
        using var source = new HttpSource("hr", Reads.Options(service, options => options.ReadTimeout = TimeSpan.FromMilliseconds(200)));

        var read = () => source.ReadAllAsync(Reads.Fetch());

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("ReadTimeout");
    }

    [Fact]
    public async Task A_storm_of_429_ends_after_the_retries()
    {
        await using var service = await TestService.StartAsync((context, _) => context.JsonAsync("{}", 429));

        var read = () => service.ReadIdsAsync(options => options.Retries = 4);

        (await read.Should().ThrowAsync<SourceException>()).Which.Fault.Should().Be(FaultKind.Transient);
        service.Requests.Should().HaveCount(5);
    }

    [Theory]
    [InlineData(204)]
    [InlineData(206)]
    [InlineData(301)]
    [InlineData(401)]
    [InlineData(500)]
    public async Task A_list_under_another_status_than_200_is_not_a_list(int status)
    {
        await using var service = await TestService.StartAsync(async (context, _) =>
        {
            context.Response.StatusCode = status;
            context.Response.Headers["X-Total-Count"] = "0";
            if (status != 204)
                await context.Response.WriteAsync("[]");
        });

        var read = () => service.ReadIdsAsync();

        await read.Should().ThrowAsync<SourceException>();
    }

    private static void Choose(HttpSourceOptions options, HttpItemFormat format)
    {
        options.Format = format;
        (options.Proof, options.TotalHeader) = (ReadProof.TwoPasses, null);
    }

    private static byte[] Compressed(byte[] content)
    {
        using var buffer = new MemoryStream();
        using (var zip = new GZipStream(buffer, CompressionLevel.Optimal))
            zip.Write(content);
        return buffer.ToArray();
    }

    private static async Task ZippedAsync(HttpContext context, ReadOnlyMemory<byte> content)
    {
        context.Response.Headers.ContentEncoding = "gzip";
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = content.Length;
        await context.Response.Body.WriteAsync(content);
    }
}
