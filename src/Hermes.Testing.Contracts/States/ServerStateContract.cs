using System.Text;
using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;

namespace Hermes.Testing.Contracts.States;

/// <summary>What every store of a server's state must do.</summary>
public abstract class ServerStateContract
{
    private static readonly DateTimeOffset Time = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);
    private static readonly ServerStateHeader Header = new("producer-1", [1, 2, 3], "{}", IsFilled: true, "{\"a\":1}");

    /// <summary>The store; each call gives the same one, with what was committed before.</summary>
    protected abstract IServerStateStore Store { get; }

    [Fact]
    public void A_new_state_is_empty()
    {
        using var state = Store.Open();

        state.Header.Should().BeNull();
        state.LastSequence.Should().Be(0);
        state.OutboxLength.Should().Be(0);
        state.Types.Should().BeEmpty();
        state.ReadKeys("Users").Should().BeEmpty();
        state.ReadEntries("Users").Should().BeEmpty();
        state.ReadOutbox(0).Should().BeEmpty();
        state.ReadDueWriteBacks(10).Should().BeEmpty();
    }

    [Fact]
    public void What_was_committed_is_there_after_opening_again()
    {
        Commit(draft =>
        {
            draft.Insert("Users", Row(1, "ada"), Event("added ada"));
            draft.Insert("Users", Row(2, "bob"), null);
            draft.Insert("Groups", Row(1, "staff"), null);
        });

        using var state = Store.Open();
        state.Header.Should().BeEquivalentTo(Header);
        state.Types.Should().Equal("Users", "Groups");
        state.ReadKeys("Users").Select(key => (key.KeyHash, key.Fingerprint)).Should().Equal((Hash(1), Print("ada")), (Hash(2), Print("bob")));
        state.ReadEntries("Users").Select(entry => Text(entry.Row.Content)).Should().Equal("ada", "bob");
        state.ReadKeys("Users").Select(key => Text(state.ReadContent("Users", key.Id))).Should().Equal("ada", "bob");
        state.ReadOutbox(0).Should().ContainSingle().Which.Should().BeEquivalentTo(
            new OutboxEvent(1, "base", "added", Time, Encoding.UTF8.GetBytes("added ada")));
        state.LastSequence.Should().Be(1);
        state.OutboxLength.Should().Be(1);
    }

    [Fact]
    public void A_draft_that_is_not_committed_leaves_nothing()
    {
        Commit(draft => draft.Insert("Users", Row(1, "ada"), null));

        using (var state = Store.Open())
        {
            using (var draft = state.BeginDraft(Time))
            {
                draft.Insert("Users", Row(2, "bob"), Event("added"));
                draft.Insert("Groups", Row(2, "staff"), Event("added"));
                draft.Delete("Users", 1, Event("removed"));
            }

            state.ReadEntries("Users").Select(entry => Text(entry.Row.Content)).Should().Equal("ada");
            state.Types.Should().Equal("Users");
            state.LastSequence.Should().Be(0);
        }

        using var again = Store.Open();
        again.ReadEntries("Users").Select(entry => Text(entry.Row.Content)).Should().Equal("ada");
        again.OutboxLength.Should().Be(0);
    }

    [Fact]
    public void Content_read_while_drafting_is_that_of_before()
    {
        Commit(draft => draft.Insert("Users", Row(1, "ada"), null));
        using var state = Store.Open();
        var id = state.ReadKeys("Users").Single().Id;
        Text(state.ReadContent("Users", id)).Should().Be("ada");

        using (var draft = state.BeginDraft(Time))
        {
            draft.Update("Users", id, Row(1, "ada lovelace"), null);
            draft.Insert("Users", Row(2, "bob"), null);
            Text(state.ReadContent("Users", id)).Should().Be("ada");
            state.ReadEntries("Users").Should().ContainSingle();
            draft.Commit(Header);
        }

        Text(state.ReadContent("Users", id)).Should().Be("ada lovelace");
        state.ReadEntries("Users").Should().HaveCount(2);
    }

    [Fact]
    public void Updated_entries_keep_their_place_and_deleted_ones_are_gone()
    {
        Commit(draft =>
        {
            draft.Insert("Users", Row(1, "ada"), null);
            draft.Insert("Users", Row(2, "bob"), null);
            draft.Insert("Users", Row(3, "cid"), null);
        });

        using var state = Store.Open();
        var ids = state.ReadKeys("Users").Select(key => key.Id).ToArray();
        using (var draft = state.BeginDraft(Time))
        {
            draft.Delete("Users", ids[1], Event("removed"));
            draft.Update("Users", ids[0], Row(9, "eve"), Event("modified"));
            draft.Commit(Header);
        }

        state.ReadEntries("Users").Select(entry => (entry.Row.KeyHash, Text(entry.Row.Content))).Should().Equal((Hash(9), "eve"), (Hash(3), "cid"));
    }

    [Fact]
    public void Events_are_numbered_by_their_order_and_then_as_they_came()
    {
        Commit(draft =>
        {
            draft.Insert("Users", Row(1, "a"), Event("third", order: 5));
            draft.Append(Event("first", order: 0));
            draft.Insert("Users", Row(2, "b"), Event("fourth", order: 5));
            draft.Insert("Users", Row(3, "c"), Event("second", order: 1));
        });

        using var state = Store.Open();
        state.ReadOutbox(0).Select(item => (item.Sequence, Text(item.Body))).Should().Equal((1, "first"), (2, "second"), (3, "third"), (4, "fourth"));
        state.ReadOutbox(2).Select(item => item.Sequence).Should().Equal(3, 4);
    }

    [Fact]
    public void Numbers_go_on_after_the_outbox_was_emptied_and_the_state_opened_again()
    {
        Commit(draft => draft.Append(Event("one")));
        using (var state = Store.Open())
        {
            state.RemoveFromOutbox(1);
            state.OutboxLength.Should().Be(0);
        }

        Commit(draft => draft.Append(Event("two")));

        using var again = Store.Open();
        again.ReadOutbox(0).Select(item => item.Sequence).Should().Equal(2);
    }

    [Fact]
    public void Only_events_up_to_the_confirmed_one_leave_the_outbox()
    {
        Commit(draft =>
        {
            for (var i = 0; i < 5; i++)
                draft.Append(Event($"{i}"));
        });

        using var state = Store.Open();
        state.RemoveFromOutbox(3);

        state.ReadOutbox(0).Select(item => item.Sequence).Should().Equal(4, 5);
        state.OutboxLength.Should().Be(2);
    }

    [Fact]
    public void Withdrawing_forgets_what_was_said_before_about_an_entry_and_no_more()
    {
        Commit(draft => draft.Insert("Users", Row(5, "eve"), null));
        using var state = Store.Open();
        var id = state.ReadKeys("Users").Single().Id;
        using (var draft = state.BeginDraft(Time))
        {
            var ada = draft.Insert("Users", Row(1, "ada"), Event("ada"));
            draft.Insert("Users", Row(2, "bob"), null);
            draft.Insert("Groups", Row(1, "group of the same hash"), Event("group"));
            draft.Delete("Users", id, Event("removed eve"));
            draft.Withdraw("Users", ada);
            draft.Withdraw("Users", id);
            draft.Insert("Users", Row(1, "ada again"), Event("ada again"));
            draft.Commit(Header);
        }

        state.ReadEntries("Users").Select(entry => Text(entry.Row.Content)).Should().Equal("eve", "bob", "ada again");
        state.ReadOutbox(0).Select(item => Text(item.Body)).Should().Equal("group", "ada again");
    }

    [Fact]
    public void What_an_open_draft_adds_is_not_shown_before_it_is_committed()
    {
        Commit(draft => draft.Insert("Users", Row(1, "ada"), null));
        using var state = Store.Open();
        using var draft = state.BeginDraft(Time);
        draft.Insert("Users", Row(2, "bob"), Event("bob"));
        draft.Insert("Groups", Row(3, "staff"), null);
        draft.Append(Event("appended"));

        state.ReadKeys("Users").Should().ContainSingle();
        state.ReadEntries("Users").Should().ContainSingle();
        state.ReadEntries("Groups").Should().BeEmpty();
        state.Types.Should().Equal("Users");
        state.OutboxLength.Should().Be(0);
    }

    [Fact]
    public void Appended_events_keep_their_place_among_those_of_the_same_order()
    {
        using var state = Store.Open();
        using var draft = state.BeginDraft(Time);
        draft.Append(Event("first", order: 0));
        draft.Append(Event("second", order: 0));
        draft.Insert("Users", Row(1, "ada"), Event("third", order: 0) with { Tag = 5 });
        draft.Append(Event("last", order: 1));
        draft.Append(Event("fourth", order: 0));

        draft.Commit(Header).Should().BeEquivalentTo(new Dictionary<long, long> { [5] = 3 });

        state.ReadOutbox(0).Select(item => (item.Sequence, Text(item.Body)))
            .Should().Equal((1, "first"), (2, "second"), (3, "third"), (4, "fourth"), (5, "last"));
        state.ReadOutbox(0).Should().OnlyContain(item => item.Time == Time);
        state.LastSequence.Should().Be(5);
    }

    [Fact]
    public void Tags_tell_the_sequence_numbers_of_their_events()
    {
        Commit(draft => draft.Append(Event("earlier")));
        using var state = Store.Open();
        using var draft = state.BeginDraft(Time);
        draft.Append(Event("late", order: 9) with { Tag = 7 });
        draft.Append(Event("early", order: 1) with { Tag = 8 });
        draft.Append(Event("untold", order: 2));

        draft.Commit(Header).Should().BeEquivalentTo(new Dictionary<long, long> { [8] = 2, [7] = 4 });
    }

    [Fact]
    public void Write_backs_are_due_when_their_events_have_left_the_outbox()
    {
        Commit(draft =>
        {
            draft.Insert("Users", Row(1, "ada"), Event("ada", order: 2) with { WriteBack = "after ada"u8.ToArray() });
            draft.Insert("Groups", Row(1, "staff"), Event("staff", order: 1) with { WriteBack = "after staff"u8.ToArray() });
            draft.Append(Event("end", order: 9));
        });

        using var state = Store.Open();
        state.ReadDueWriteBacks(10).Should().BeEmpty();
        state.RemoveFromOutbox(1);
        var due = state.ReadDueWriteBacks(10).Should().ContainSingle().Subject;
        Text(due.Body).Should().Be("after staff");
        state.RemoveWriteBacks([due.Number]);
        state.ReadDueWriteBacks(10).Should().BeEmpty();
        state.RemoveFromOutbox(3);
        state.ReadDueWriteBacks(10).Select(item => Text(item.Body)).Should().Equal("after ada");
    }

    [Fact]
    public void Write_back_of_a_type_is_due_after_the_last_event_of_the_type()
    {
        Commit(draft =>
        {
            draft.Insert("Users", Row(1, "ada"), Event("added ada", order: 1));
            draft.Insert("Groups", Row(1, "staff"), Event("added staff", order: 2));
            draft.Insert("Users", Row(2, "bob"), Event("later bob", order: 3));
            draft.Append(Event("end", order: 9));
            draft.AppendWriteBack("Users", "all users"u8.ToArray());
            draft.AppendWriteBack("Groups", "all groups"u8.ToArray());
        });

        using var state = Store.Open();
        state.RemoveFromOutbox(2);
        state.ReadDueWriteBacks(10).Select(item => Text(item.Body)).Should().Equal("all groups");
        state.RemoveFromOutbox(3);
        state.ReadDueWriteBacks(10).Select(item => Text(item.Body)).Should().Equal("all groups", "all users");
    }

    [Fact]
    public void Dropping_a_type_drops_its_entries_and_it_can_come_back()
    {
        Commit(draft =>
        {
            draft.Insert("Users", Row(1, "ada"), null);
            draft.Insert("Groups", Row(1, "staff"), null);
        });
        Commit(draft => draft.DropType("Users"));
        using (var state = Store.Open())
        {
            state.Types.Should().Equal("Groups");
            state.ReadEntries("Users").Should().BeEmpty();
        }

        Commit(draft => draft.Insert("Users", Row(4, "dan"), null));

        using var again = Store.Open();
        again.ReadEntries("Users").Select(entry => Text(entry.Row.Content)).Should().Equal("dan");
        again.ReadEntries("Groups").Should().ContainSingle();
    }

    [Fact]
    public void A_second_server_on_the_same_state_is_refused_until_the_first_one_ends()
    {
        using (Store.Open())
        {
            var second = () => Store.Open();
            second.Should().Throw<ServerStateException>().WithMessage("*in use by another server*");
        }

        Store.Open().Dispose();
    }

    [Fact]
    public void Big_contents_and_many_rows_survive()
    {
        var big = new byte[10_000_000];
        new Random(20260301).NextBytes(big);
        Commit(draft =>
        {
            draft.Insert("Users", new StoredRow(Hash(1), Print("big"), big), null);
            for (var i = 2; i <= 5_000; i++)
                draft.Insert("Users", Row(i, $"user {i}"), Event($"added {i}"));
        });

        using var state = Store.Open();
        state.ReadContent("Users", state.ReadKeys("Users").First().Id).Should().Equal(big);
        state.ReadKeys("Users").Select(key => key.KeyHash).Should().Equal(Enumerable.Range(1, 5_000).Select(i => Hash(i)));
        state.ReadOutbox(0).Should().HaveCount(4_999);
    }

    private void Commit(Action<IStateDraft> change)
    {
        using var state = Store.Open();
        using var draft = state.BeginDraft(Time);
        change(draft);
        draft.Commit(Header);
    }

    private static KeyHash Hash(int number) => new(ulong.MaxValue - (ulong)number, (ulong)number);

    private static Fingerprint Print(string text) => new((ulong)text.Length << 60, text[0]);

    private static StoredRow Row(int hash, string content) => new(Hash(hash), Print(content), Encoding.UTF8.GetBytes(content));

    private static StagedEvent Event(string body, int order = 1) => new(order, "base", "added", Encoding.UTF8.GetBytes(body));

    private static string Text(byte[] bytes) => Encoding.UTF8.GetString(bytes);
}
