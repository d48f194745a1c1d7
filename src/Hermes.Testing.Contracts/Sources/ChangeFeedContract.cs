using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;

namespace Hermes.Testing.Contracts.Sources;

/// <summary>What every change feed does.</summary>
public abstract class ChangeFeedContract
{
    /// <summary>Makes a feed with data of its own.</summary>
    protected abstract Task<ITestFeed> CreateFeedAsync();

    [ContractFact]
    public async Task Without_a_cursor_it_gives_the_one_of_now_and_tells_nothing()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(3));

        var (items, cursor) = await ReadAsync(test, operation, null);

        items.Should().BeEmpty();
        (await ReadAsync(test, operation, cursor)).Items.Should().BeEmpty("nothing changed meanwhile");
    }

    [ContractFact]
    public async Task Rows_that_were_added_or_changed_are_told_with_all_their_columns()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(3));
        var (_, cursor) = await ReadAsync(test, operation, null);

        await test.PutAsync(2, "Person 2", "changed");
        await test.PutAsync(9, "Zoë", Value.Null);

        var (items, _) = await ReadAsync(test, operation, cursor);
        Told(items).Should().BeEquivalentTo(["2: Person 2, changed", "9: Zoë, "]);
    }

    [ContractFact]
    public async Task The_next_read_begins_where_the_last_one_ended()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));
        var (_, first) = await ReadAsync(test, operation, null);
        await test.PutAsync(2, "Two", "a");
        var (_, second) = await ReadAsync(test, operation, first);
        await test.PutAsync(3, "Three", "b");

        Told((await ReadAsync(test, operation, second)).Items).Should().Equal("3: Three, b");
    }

    [ContractFact]
    public async Task A_cursor_may_be_used_again()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));
        var (_, cursor) = await ReadAsync(test, operation, null);
        await test.PutAsync(2, "Two", "a");
        await ReadAsync(test, operation, cursor);
        await test.PutAsync(3, "Three", "b");

        Told((await ReadAsync(test, operation, cursor)).Items).Should().BeEquivalentTo(["2: Two, a", "3: Three, b"]);
    }

    [ContractFact]
    public async Task The_last_word_on_a_row_is_what_it_is_now()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(2));
        var (_, cursor) = await ReadAsync(test, operation, null);

        await test.PutAsync(1, "Person 1", "once");
        await test.PutAsync(1, "Person 1", "twice");

        Told((await ReadAsync(test, operation, cursor)).Items)[^1].Should().Be("1: Person 1, twice");
    }

    [ContractFact]
    public async Task A_deletion_is_told_by_its_key_if_the_feed_says_that_it_can()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(3));
        var (_, cursor) = await ReadAsync(test, operation, null);

        await test.DeleteAsync(2);

        Told((await ReadAsync(test, operation, cursor)).Items).Should().Equal(test.Feed.Capabilities.TellsDeletions ? ["2 gone"] : []);
    }

    [ContractFact]
    public async Task Changes_over_an_earlier_read_come_to_the_same_as_a_full_read()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(20));
        var (_, cursor) = await ReadAsync(test, operation, null);
        var known = await RowsAsync(test, operation);
        for (var i = 0; i < 12; i++)
        {
            await test.PutAsync(i * 3, $"Label {i}", $"note {i}");
            if (test.Feed.Capabilities.TellsDeletions)
                await test.DeleteAsync(i * 5);
        }

        foreach (var item in (await ReadAsync(test, operation, cursor)).Items)
        {
            switch (item)
            {
                case RowChanged changed: known[changed.Row.ToDictionary()["id"]] = Text(changed.Row); break;
                case RowDeleted deleted: known.Remove(deleted.Key.ToDictionary()["id"]); break;
            }
        }

        known.Should().BeEquivalentTo(await RowsAsync(test, operation));
    }

    [ContractFact]
    public async Task What_is_no_cursor_is_not_accepted()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));

        var read = () => ReadAsync(test, operation, "this is no cursor");

        await read.Should().ThrowAsync<CursorNotAcceptedException>();
    }

    [ContractFact]
    public async Task A_cursor_that_was_forgotten_is_not_accepted_and_a_new_one_can_be_had()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));
        var (_, cursor) = await ReadAsync(test, operation, null);
        if (!await test.ForgetAsync())
            return;

        var read = () => ReadAsync(test, operation, cursor);

        await read.Should().ThrowAsync<CursorNotAcceptedException>();
        (await ReadAsync(test, operation, (await ReadAsync(test, operation, null)).Cursor)).Items.Should().BeEmpty();
    }

    [ContractFact]
    public async Task A_cancelled_read_ends_with_a_cancellation()
    {
        await using var test = await CreateFeedAsync();
        var operation = await test.StoreAsync(ContractTable.People(1));
        var (_, cursor) = await ReadAsync(test, operation, null);
        await test.PutAsync(2, "Two", "a");
        using var cancellation = new CancellationTokenSource();
        await cancellation.CancelAsync();

        var read = () => ReadAsync(test, operation, cursor, cancellation.Token);

        await read.Should().ThrowAsync<OperationCanceledException>();
    }

    private static async Task<(List<FeedItem> Items, string Cursor)> ReadAsync(
        ITestFeed test, SourceOperation operation, string? cursor, CancellationToken cancellationToken = default)
    {
        var items = new List<FeedItem>();
        await foreach (var item in test.Feed.ReadChangesAsync(operation, cursor, cancellationToken))
            items.Add(item);
        items.OfType<FeedCursor>().Should().ContainSingle("a read ends with one cursor").Which.Should().BeSameAs(items[^1]);
        return (items[..^1], ((FeedCursor)items[^1]).Cursor);
    }

    private static async Task<Dictionary<Value, string>> RowsAsync(ITestFeed test, SourceOperation operation)
    {
        var rows = new Dictionary<Value, string>();
        await foreach (var row in test.Feed.FetchAsync(operation, default))
            rows[row.ToDictionary()["id"]] = Text(row);
        return rows;
    }

    private static List<string> Told(IEnumerable<FeedItem> items) => [.. items.Select(item => item switch
    {
        RowChanged changed => Text(changed.Row),
        RowDeleted deleted => $"{deleted.Key.ToDictionary()["id"]} gone",
        _ => "?",
    })];

    private static string Text(SourceRow row)
    {
        var values = row.ToDictionary();
        return $"{values["id"]}: {values["label"]}, {values["note"]}";
    }
}
