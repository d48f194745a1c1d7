using Hermes.Abstractions.Data;
using Hermes.ClientRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a client's state does with the references of entries. Inherit it and make a store.</summary>
public abstract class ClientReferencesContract : ClientStateSuite
{
    private static readonly EntryId Group = new("Groups", EntryKey.Of("g", 1));

    [Fact]
    public async Task References_are_kept_across_openings_and_found_by_what_they_lead_to()
    {
        await ReferAsync(new(Member(1), true), new(Member(2), false), new(Owner(1), false));

        await using var read = await OpenAsync();
        (await read.ReadReferencesToAsync(User(1), 0, 10, default)).Select(row => (row.Reference, row.IsPending)).Should().Equal((Member(1), true), (Owner(1), false));
        (await read.ReadReferencesToAsync(User(2), 0, 10, default)).Select(row => (row.Reference, row.IsPending)).Should().Equal((Member(2), false));
        (await read.ReadReferencesToAsync(new EntryId("Groups", Key(1)), 0, 10, default)).Should().BeEmpty("the type counts too");
        (await read.ReadPendingReferencesAsync(0, 10, default)).Select(row => row.Reference).Should().Equal(Member(1));
        (await read.CountPendingReferencesAsync(default)).Should().Be(1);
    }

    [Fact]
    public async Task A_reference_stays_in_its_place_when_it_is_pending_no_more_and_loses_it_when_it_is_gone()
    {
        await ReferAsync(new(Member(1), true), new(Member(2), true));
        await ReferAsync(new(Member(1), false), new(Member(1), true));
        await using (var read = await OpenAsync())
            (await read.ReadPendingReferencesAsync(0, 10, default)).Select(row => row.Reference).Should().Equal(Member(1), Member(2));

        await ReferAsync(new(Member(1), null), new(Owner(2), null));
        await using var after = await OpenAsync();
        (await after.ReadReferencesToAsync(User(1), 0, 10, default)).Should().BeEmpty();
        (await after.CountPendingReferencesAsync(default)).Should().Be(1);
    }

    [Fact]
    public async Task Many_references_are_read_a_page_at_a_time()
    {
        StoredReference[] all = [.. Enumerable.Range(1, 7).Select(id => new StoredReference(User(id), "manager", User(9)))];
        await ReferAsync([.. all.Select(reference => new ReferenceChange(reference, true))]);

        await using var read = await OpenAsync();
        var first = await read.ReadReferencesToAsync(User(9), 0, 3, default);
        var second = await read.ReadReferencesToAsync(User(9), first[^1].Number, 3, default);
        var rest = await read.ReadPendingReferencesAsync(second[^1].Number, 3, default);
        first.Concat(second).Concat(rest).Select(row => row.Reference).Should().Equal(all);
    }

    [Fact]
    public async Task References_that_were_not_committed_are_seen_at_once_and_lost_with_the_rest()
    {
        await ReferAsync(new(Member(1), true), new(Member(2), false));
        await using (var state = await OpenAsync())
        {
            await state.WriteAsync(Changes() with { References = [new(Member(1), null), new(Member(2), true), new(Member(3), true)] }, default);
            (await state.ReadPendingReferencesAsync(0, 10, default)).Select(row => row.Reference).Should().Equal(Member(2), Member(3));
        }

        await using var read = await OpenAsync();
        (await read.ReadPendingReferencesAsync(0, 10, default)).Select(row => row.Reference).Should().Equal(Member(1));
        (await read.ReadReferencesToAsync(User(2), 0, 10, default)).Select(row => row.IsPending).Should().Equal(false);
        (await read.ReadReferencesToAsync(User(3), 0, 10, default)).Should().BeEmpty();
    }

    private static EntryId User(int id) => new("Users", Key(id));

    private static StoredReference Member(int id) => new(Group, "members", User(id));

    private static StoredReference Owner(int id) => new(Group, "owner", User(id));

    private Task ReferAsync(params ReferenceChange[] changes) => WriteAsync(Changes() with { References = changes });
}
