using System.Globalization;
using Hermes.Abstractions.Sources;
using Hermes.Http.Connection;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Source;

public sealed class PagingTests
{
    private static readonly long[] All = [.. Enumerable.Range(1, 7).Select(i => (long)i)];

    [Fact]
    public async Task Pages_are_counted_up_to_the_first_empty_one()
    {
        await using var service = await TestService.StartAsync((context, _) => PageAsync(context, (int)(context.Request.Number("page", 1) - 1) * 3));

        (await service.ReadIdsAsync(Pages)).Should().Equal(All);

        service.Requests.Select(request => request.Target).Should().Equal("/?per_page=3&page=1", "/?per_page=3&page=2", "/?per_page=3&page=3", "/?per_page=3&page=4");
    }

    [Fact]
    public async Task A_page_that_is_short_because_the_service_caps_it_is_not_the_last_one()
    {
        await using var service = await TestService.StartAsync((context, _) => PageAsync(context, (int)context.Request.Number("startIndex", 1) - 1, cap: 2));

        (await service.ReadIdsAsync(Offsets)).Should().Equal(All);
    }

    [Fact]
    public async Task A_service_that_hands_out_one_item_at_a_time_is_read_only_without_overlap()
    {
        await using var service = await TestService.StartAsync((context, _) => PageAsync(context, (int)context.Request.Number("startIndex", 1) - 1, cap: 1));

        var overlapping = () => service.ReadIdsAsync(Offsets);
        (await overlapping.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("Overlap");
        (await service.ReadIdsAsync(options =>
        {
            Offsets(options);
            options.Overlap = false;
        })).Should().Equal(All);
    }

    [Fact]
    public async Task The_end_may_be_told_by_a_status()
    {
        await using var service = await TestService.StartAsync((context, _) =>
            context.Request.Number("page", 1) > 3 ? context.JsonAsync("{}", 404) : PageAsync(context, (int)(context.Request.Number("page", 1) - 1) * 3));

        (await service.ReadIdsAsync(options =>
        {
            Pages(options);
            options.EndStatus = 404;
        })).Should().Equal(All);
    }

    [Fact]
    public async Task That_status_on_the_first_page_is_a_failure()
    {
        await using var service = await TestService.StartAsync((context, _) => context.JsonAsync("{}", 404));

        var read = () => service.ReadIdsAsync(options =>
        {
            Pages(options);
            options.EndStatus = 404;
        });

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("nothing at this address");
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_cursor_is_followed_wherever_the_page_tells_it(bool isHeader)
    {
        await using var service = await TestService.StartAsync((context, _) =>
        {
            var at = (int)context.Request.Number("cursor", 0);
            var next = at + 3 < All.Length ? (at + 3).ToString(CultureInfo.InvariantCulture) : null;
            if (isHeader && next is not null)
                context.Response.Headers["X-Next"] = next;
            var items = Reads.Ids(All.Skip(at).Take(3));
            context.Response.Headers["X-Total-Count"] = "7";
            return context.JsonAsync($$"""{"items":{{items}},"next":{{(next is null || isHeader ? "null" : $"\"{next}\"")}}}""");
        });

        (await service.ReadIdsAsync(options =>
        {
            (options.Items, options.Paging, options.PagingParameter) = ("/items", HttpPaging.Cursor, "cursor");
            options.NextPointer = isHeader ? null : "/next";
            options.NextHeader = isHeader ? "X-Next" : null;
        })).Should().Equal(All);
    }

    [Theory]
    [InlineData(HttpPaging.Link)]
    [InlineData(HttpPaging.NextLink)]
    public async Task Addresses_of_next_pages_are_followed(HttpPaging paging)
    {
        await using var service = await TestService.StartAsync((context, _) =>
        {
            var at = (int)context.Request.Number("skip", 0);
            var next = $"{context.Self()}?skip={at + 3}&odd=%22%2C%3B%22";
            var hasNext = at + 3 < All.Length;
            if (paging == HttpPaging.Link)
                context.Response.Headers.Link = $"<{context.Self()}>; title=\"rel=next, really\"; rel=\"first\"" + (hasNext ? $", <{next}>; rel=\"prefetch next\"" : "");
            var items = Reads.Ids(All.Skip(at).Take(3));
            return context.JsonAsync($$"""{"@odata.count":7,"value":{{items}}{{(hasNext ? $",\"@odata.nextLink\":\"{next}\"" : "")}}}""");
        });

        (await service.ReadIdsAsync(options =>
        {
            (options.Items, options.TotalHeader, options.TotalPointer, options.Paging) = ("/value", null, "/@odata.count", paging);
            options.NextPointer = paging == HttpPaging.NextLink ? "/@odata.nextLink" : null;
        })).Should().Equal(All);
        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task The_last_key_asks_for_what_follows_it()
    {
        await using var service = await TestService.StartAsync((context, _) =>
            PageAsync(context, (int)context.Request.Number("after", 0)));

        (await service.ReadIdsAsync(options => (options.Paging, options.PagingParameter) = (HttpPaging.LastKey, "after"))).Should().Equal(All);
        service.Requests.Select(request => request.Target).Should().Equal("/", "/?after=3", "/?after=6", "/?after=7");
    }

    [Fact]
    public async Task A_post_tells_the_page_in_its_body()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            var at = (number - 1) * 3;
            return context.JsonAsync($$"""{"data":{{Reads.Ids(All.Skip(at).Take(3))}},"cursor":{{(at + 3 < All.Length ? $"\"c{number}\"" : "null")}},"count":7}""");
        });

        (await service.ReadIdsAsync(options =>
        {
            (options.Method, options.Body) = (HttpSourceMethod.Post, """{"after": {paging}}""");
            (options.Items, options.TotalHeader, options.TotalPointer) = ("/data", null, "/count");
            (options.Paging, options.NextPointer) = (HttpPaging.Cursor, "/cursor");
        })).Should().Equal(All);
        service.Requests.Select(request => request.Body).Should().Equal("""{"after": null}""", """{"after": "c1"}""", """{"after": "c2"}""");
    }

    [Fact]
    public async Task A_next_page_on_another_host_is_not_followed_and_gets_no_credential()
    {
        await using var other = await TestService.StartAsync("[]");
        await using var service = await TestService.StartAsync((context, _) =>
        {
            context.Response.Headers.Link = $"<{other.Address}/stolen>; rel=next";
            return PageAsync(context, 0);
        });

        var read = () => service.ReadIdsAsync(options => (options.Paging, options.Authentication, options.Token) =
            (HttpPaging.Link, HttpAuthentication.Bearer, "s3cret"));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain($"127.0.0.1:{other.Port}").And.Contain("never followed").And.NotContain("s3cret");
        other.Requests.Should().BeEmpty();
    }

    [Fact]
    public async Task A_service_that_leads_in_a_circle_is_told()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.Headers["X-Total-Count"] = "7";
            context.Response.Headers.Link = $"<{context.Self()}?p={number % 2}>; rel=next";
            return context.JsonAsync("[]");
        });

        var read = () => service.ReadIdsAsync(options => options.Paging = HttpPaging.Link);

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("circle").And.Contain("not used");
    }

    [Fact]
    public async Task Pages_without_end_are_ended()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.Headers["X-Total-Count"] = "7";
            context.Response.Headers.Link = $"<{context.Self()}?p={number}>; rel=next";
            return context.JsonAsync("[]");
        });

        var read = () => service.ReadIdsAsync(options => (options.Paging, options.MaxPages) = (HttpPaging.Link, 20));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("MaxPages");
        service.Requests.Should().HaveCount(20);
    }

    private static void Pages(HttpSourceOptions options) =>
        (options.Paging, options.PagingParameter, options.SizeParameter, options.PageSize) = (HttpPaging.Page, "page", "per_page", 3);

    private static void Offsets(HttpSourceOptions options) =>
        (options.Paging, options.PagingParameter, options.First, options.SizeParameter, options.PageSize) = (HttpPaging.Offset, "startIndex", 1, "count", 3);

    private static Task PageAsync(HttpContext context, int at, int cap = 3)
    {
        context.Response.Headers["X-Total-Count"] = "7";
        return context.JsonAsync(Reads.Ids(All.Skip(at).Take(cap)));
    }
}
