using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.Control;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Lists;

namespace Hermes.ClientRuntime.Tests.Control;

public sealed class ListTests : ClientTest
{
    [Fact]
    public async Task The_error_queue_comes_page_by_page_while_it_changes()
    {
        await WithQueueAsync(25);
        var first = await Harness.Control.ListErrorQueueAsync(new ListQuery { Size = 10, WithTotal = true });
        first.Items.Should().HaveCount(10);
        first.Total.Should().Be(25);
        await Harness.Control.DiscardAsync(first.Items[^1].Number);
        await Harness.Control.DiscardAsync(first.Items[0].Number);
        await Harness.SendAsync(Campus.User("100", "new"));
        await Harness.AppliedAsync();

        var second = await Harness.Control.ListErrorQueueAsync(new ListQuery { Size = 10, Cursor = first.Next });
        var third = await Harness.Control.ListErrorQueueAsync(new ListQuery { Size = 10, Cursor = second.Next });

        Keys(second).Concat(Keys(third)).Should().Equal([.. Enumerable.Range(11, 15).Select(number => $"{number}"), "100"]);
        (second.Total, third.Next).Should().Be((null, null));
    }

    [Theory]
    [InlineData("key", "2")]
    [InlineData("prefix", "1 10 11 12")]
    [InlineData("text", "3")]
    [InlineData("kind", "")]
    [InlineData("state", "2")]
    [InlineData("type", "")]
    [InlineData("time", "1 2 3 4 5 6 7 8 9 10 11 12")]
    public async Task The_error_queue_is_filtered(string by, string expected)
    {
        await WithQueueAsync(12);
        await Harness.SendAsync(Campus.Changed("2", ("login", "other")));
        await Harness.AppliedAsync();
        var filter = by switch
        {
            "key" => new ListFilter { Key = EntryKey.Of("2"), State = "failed" },
            "prefix" => new ListFilter { KeyPrefix = "1", Type = "Users" },
            "text" => new ListFilter { Text = "NUMBER 3 " },
            "kind" => new ListFilter { Kind = nameof(LocalEventKind.Removed) },
            "state" => new ListFilter { State = nameof(QueuedEventState.Waiting) },
            "type" => new ListFilter { Type = "Others" },
            _ => new ListFilter { Until = Harness.Time.GetUtcNow() + TimeSpan.FromMinutes(1), From = Harness.Time.GetUtcNow(), State = "Failed" },
        };

        var page = await Harness.Control.ListErrorQueueAsync(new ListQuery { Filter = filter, WithTotal = true });

        string.Join(' ', Keys(page)).Should().Be(expected);
        page.Total.Should().Be(page.Items.Length);
    }

    [Fact]
    public async Task A_list_refuses_what_it_does_not_have_and_the_cursor_of_another_one()
    {
        await WithQueueAsync(3);
        var page = await Harness.Control.ListErrorQueueAsync(new ListQuery { Size = 1 });
        var asked = new Func<Task>[]
        {
            () => Harness.Control.ListDeadLettersAsync(new ListQuery { Filter = new ListFilter { Type = "Users" } }),
            () => Harness.Control.ListErrorQueueAsync(new ListQuery { Filter = new ListFilter { Kind = "Deleted" } }),
            () => Harness.Control.ListErrorQueueAsync(new ListQuery { Size = 0 }),
            () => Harness.Control.ListErrorQueueAsync(new ListQuery { Size = ListQuery.MaxSize + 1 }),
            () => Harness.Control.ListTrashbinAsync(new ListQuery { Cursor = page.Next }),
            () => Harness.Control.ListErrorQueueAsync(new ListQuery { Cursor = "rubbish!" }),
        };

        foreach (var ask in asked)
            await ask.Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Entries_are_listed_by_where_they_are_and_whether_the_target_has_them()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, [.. Enumerable.Range(1, 12).Select(id => Campus.User($"{id}", $"user{id}"))]);
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.AppliedAsync();
        await Harness.SendAsync(Campus.Gone(Campus.User("3", "user3")));
        await Harness.AppliedAsync();
        Target.Fail();
        await Harness.SendAsync(Campus.Changed("4", ("login", "other")));
        await Harness.AppliedAsync();

        (await Of(new ListFilter { State = "Trashed" })).Should().Equal("3");
        (await Of(new ListFilter { Kind = nameof(EntryAgreement.Differs) })).Should().Equal("4");
        (await Of(new ListFilter { Key = EntryKey.Of("7") })).Should().Equal("7");
        (await Of(new ListFilter { KeyPrefix = "1", State = "Live" })).Should().Equal("1", "10", "11", "12");
        (await Harness.Control.ListTrashbinAsync(new ListQuery { Filter = new ListFilter { Key = EntryKey.Of("3") } })).Items.Should().ContainSingle();
        (await Harness.Control.ListTrashbinAsync(new ListQuery { Filter = new ListFilter { Type = "SRVGroups" } })).Items.Should().BeEmpty();
        (await Harness.Control.ListTrashbinAsync(new ListQuery { Size = 1, WithTotal = true })).Total.Should().Be(1);

        async Task<IEnumerable<string>> Of(ListFilter filter) =>
            (await Harness.Control.ListEntriesAsync(EntryTable.Local("Users"), new ListQuery { Filter = filter })).Items.Select(entry => entry.Key.ToString());
    }

    [Fact]
    public async Task The_trashbin_goes_on_with_the_next_type_where_a_page_ends()
    {
        await Harness.SendInitSyncAsync(Campus.Schema, Campus.User("1", "ada"), Campus.User("2", "bob"), Campus.Group("10", "a"), Campus.Group("11", "b"), Campus.Group("12", "c"));
        await StartAsync(options => options.TrashbinRetention = TimeSpan.FromDays(1));
        await Harness.SendAsync(
            Campus.Gone(Campus.Group("10", "a")), Campus.Gone(Campus.Group("11", "b")), Campus.Gone(Campus.Group("12", "c")),
            Campus.Gone(Campus.User("1", "")), Campus.Gone(Campus.User("2", "")));
        await Harness.AppliedAsync();

        var all = await Pages.ReadAllAsync(query => Harness.Control.ListTrashbinAsync(query), new ListQuery { Size = 2 }).Select(entry => entry.Key.ToString()).ToListAsync();

        all.Should().Equal("10", "11", "12", "1", "2");
    }

    private static IEnumerable<string> Keys(Page<QueuedEventInfo> page) => page.Items.Select(queued => queued.Key.ToString());

    private async Task WithQueueAsync(int count)
    {
        await Harness.SendInitSyncAsync(Campus.Schema);
        await StartAsync();
        await Harness.AppliedAsync();
        foreach (var id in Enumerable.Range(1, count).Append(100))
            Target.Fail(change => change.Key == EntryKey.Of($"{id}"), exception: new InvalidOperationException($"Number {id} is not wanted."));
        await Harness.SendAsync([.. Enumerable.Range(1, count).Select(id => Campus.User($"{id}", $"user{id}"))]);
        await Harness.AppliedAsync();
    }
}
