using Hermes.Abstractions;
using Hermes.Abstractions.Sources;
using Hermes.Http.Source;
using Hermes.Http.Tests.Servers;
using Microsoft.AspNetCore.Http;

namespace Hermes.Http.Tests.Source;

public sealed class ReadProofTests
{
    [Fact]
    public async Task A_service_that_lists_fifty_of_a_hundred_is_not_believed()
    {
        await using var service = await TestService.StartAsync("""{"total":100,"items":[{"id":1},{"id":2}]}""");

        var read = () => service.ReadIdsAsync(Total);

        var told = (await read.Should().ThrowAsync<SourceException>()).Which;
        told.Message.Should().Contain("100").And.Contain("2 were read").And.Contain("not used");
        told.Fault.Should().Be(FaultKind.Transient);
    }

    [Theory]
    [InlineData("""{"items":[{"id":1}]}""", "does not tell how many")]
    [InlineData("""{"total":null,"items":[{"id":1}]}""", "not a whole number")]
    [InlineData("""{"total":"many","items":[{"id":1}]}""", "not a whole number")]
    [InlineData("""{"total":0,"items":[{"id":1}]}""", "there are 0 items, and 1 were read")]
    public async Task A_total_that_is_missing_or_wrong_proves_nothing(string answer, string reason)
    {
        await using var service = await TestService.StartAsync(answer);

        var read = () => service.ReadIdsAsync(Total);

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain(reason);
    }

    [Fact]
    public async Task A_total_that_is_written_as_text_counts()
    {
        await using var service = await TestService.StartAsync("""{"total":"1","items":[{"id":1}]}""");

        (await service.ReadIdsAsync(Total)).Should().Equal(1);
    }

    [Fact]
    public async Task An_empty_list_with_its_total_is_complete()
    {
        await using var service = await TestService.StartAsync("""{"total":0,"items":[]}""");

        (await service.ReadIdsAsync(Total)).Should().BeEmpty();
    }

    [Fact]
    public async Task A_total_that_changes_between_pages_is_drift_and_the_read_is_begun_anew()
    {
        var clock = 0;
        await using var service = await TestService.StartAsync((context, number) =>
        {
            clock = number;
            long[] all = number < 2 ? [1, 2, 3, 4] : [2, 3, 4];
            return context.JsonAsync($$"""{"total":{{all.Length}},"items":{{Reads.Ids(all.Skip((int)context.Request.Number("page", 1) * 2 - 2).Take(2))}}}""");
        });

        (await service.ReadIdsAsync(options =>
        {
            Total(options);
            (options.Paging, options.PagingParameter, options.Rereads) = (HttpPaging.Page, "page", 1);
        })).Should().Equal(2, 3, 4);
        clock.Should().Be(5, "two pages showed the drift, and three were read after it");
    }

    [Fact]
    public async Task A_key_on_two_pages_is_drift_and_the_read_is_begun_anew()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            long[] all = number < 2 ? [1, 2, 3] : [0, 1, 2, 3];
            context.Response.Headers["X-Total-Count"] = "4";
            return context.JsonAsync(Reads.Ids(all.Skip((int)context.Request.Number("page", 1) * 2 - 2).Take(2)));
        });

        (await service.ReadIdsAsync(options => (options.Paging, options.PagingParameter, options.Rereads) = (HttpPaging.Page, "page", 1))).Should().Equal(0, 1, 2, 3);
    }

    [Fact]
    public async Task A_service_that_repeats_its_last_page_for_ever_is_told_so()
    {
        await using var service = await TestService.StartAsync((context, _) =>
        {
            context.Response.Headers["X-Total-Count"] = "2";
            return context.JsonAsync(Reads.Ids([1, 2]));
        });

        var read = () => service.ReadIdsAsync(options => (options.Paging, options.PagingParameter, options.Rereads) = (HttpPaging.Page, "page", 2));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("repeats its last page").And.NotContain("\"id\"");
        service.Requests.Should().HaveCount(6, "each of three reads ends at its second page");
    }

    [Fact]
    public async Task An_item_that_slips_between_two_offsets_is_noticed_though_the_end_is_marked()
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            long[] all = number == 1 ? [1, 2, 3, 4] : [2, 3, 4];
            return ListAsync(context, all, (int)context.Request.Number("offset", 0), 2);
        });

        (await service.ReadIdsAsync(options =>
        {
            End(options);
            (options.Paging, options.PagingParameter, options.Rereads) = (HttpPaging.Offset, "offset", 1);
        })).Should().Equal(2, 3, 4);
    }

    [Fact]
    public async Task The_last_page_must_say_that_it_is_the_last()
    {
        await using var service = await TestService.StartAsync("""{"items":[{"id":1}],"hasMore":true}""");

        var read = () => service.ReadIdsAsync(End);

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("does not tell that it is the last");
    }

    [Fact]
    public async Task A_page_that_is_the_last_and_tells_another_one_contradicts_itself()
    {
        await using var service = await TestService.StartAsync("""{"items":[{"id":1}],"hasMore":false,"next":"abc"}""");

        var read = () => service.ReadIdsAsync(options =>
        {
            End(options);
            (options.Paging, options.PagingParameter, options.NextPointer) = (HttpPaging.Cursor, "cursor", "/next");
        });

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("tells another one all the same");
    }

    [Fact]
    public async Task Two_passes_must_agree_in_every_value()
    {
        await using var service = await TestService.StartAsync((context, number) => context.JsonAsync($$"""[{"id":1,"name":"{{(number == 1 ? "before" : "after")}}"}]"""));

        var rows = await service.ReadAsync(Reads.Fetch("", "id", "name"), options =>
        {
            (options.Proof, options.TotalHeader, options.Rereads) = (ReadProof.TwoPasses, null, 1);
        });

        rows.Single()["name"].Should().Be(Abstractions.Data.Value.From("after"));
        service.Requests.Should().HaveCount(3);
    }

    [Fact]
    public async Task Passes_that_never_agree_are_not_used()
    {
        await using var service = await TestService.StartAsync((context, number) => context.JsonAsync(Reads.Ids([number])));

        var read = () => service.ReadIdsAsync(options => (options.Proof, options.TotalHeader, options.Rereads) = (ReadProof.TwoPasses, null, 2));

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("gave different items");
        service.Requests.Should().HaveCount(4);
    }

    [Fact]
    public async Task A_misspelt_pointer_to_the_next_page_does_not_make_the_first_one_all()
    {
        await using var service = await TestService.StartAsync("""{"items":[{"id":1}],"next":"abc"}""");

        var read = () => service.ReadIdsAsync(options =>
        {
            (options.Proof, options.TotalHeader, options.Items) = (ReadProof.TwoPasses, null, "/items");
            (options.Paging, options.PagingParameter, options.NextPointer) = (HttpPaging.Cursor, "cursor", "/nextt");
        });

        (await read.Should().ThrowAsync<SourceException>()).Which.Message.Should().Contain("No page tells whether another one follows");
    }

    [Theory]
    [InlineData("a", "a", true)]
    [InlineData("a", "b", false)]
    [InlineData("a", "", false)]
    public async Task Every_page_must_name_the_same_state(string first, string second, bool isComplete)
    {
        await using var service = await TestService.StartAsync((context, number) =>
        {
            context.Response.Headers["X-State"] = number == 1 ? first : second;
            return context.JsonAsync(Reads.Ids(number == 1 ? [1L, 2L] : []));
        });

        var read = () => service.ReadIdsAsync(options =>
        {
            (options.Proof, options.TotalHeader, options.SnapshotHeader) = (ReadProof.Snapshot, null, "X-State");
            (options.Paging, options.PagingParameter) = (HttpPaging.Page, "page");
        });

        if (isComplete)
            (await read()).Should().Equal(1, 2);
        else
            await read.Should().ThrowAsync<SourceException>();
    }

    private static void Total(HttpSourceOptions options) => (options.Items, options.TotalHeader, options.TotalPointer) = ("/items", null, "/total");

    private static void End(HttpSourceOptions options) =>
        (options.Proof, options.Items, options.TotalHeader, options.EndPointer, options.EndValue) = (ReadProof.EndMark, "/items", null, "/hasMore", "false");

    private static Task ListAsync(HttpContext context, long[] all, int at, int size) =>
        context.JsonAsync($$"""{"items":{{Reads.Ids(all.Skip(at).Take(size))}},"hasMore":{{(at + size < all.Length ? "true" : "false")}}}""");
}
