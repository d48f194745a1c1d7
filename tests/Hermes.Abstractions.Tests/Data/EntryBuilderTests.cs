using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class EntryBuilderTests
{
    [Fact]
    public void Entries_made_one_after_the_other_do_not_share_what_was_added()
    {
        var builder = new EntryBuilder();
        builder.Add("a", 1);
        builder.Add("b", 2);
        var first = builder.Build();
        builder.Add("c", 3);

        builder.Build().Should().Equal(Entry.Of(("c", 3)));
        first.Should().Equal(Entry.Of(("a", 1), ("b", 2)));
        builder.Build().Should().BeSameAs(Entry.Empty);
    }

    [Fact]
    public void Attributes_are_sorted_and_the_last_of_the_same_name_counts()
    {
        var builder = new EntryBuilder();
        builder.Add("b", 1);
        builder.Add("a", 2);
        builder.Add("b", 3);

        builder.Build().Should().Equal(Entry.Of(("a", 2), ("b", 3)));
    }

    [Fact]
    public void An_attribute_that_is_not_set_is_left_out_and_takes_the_place_of_one_that_was()
    {
        var builder = new EntryBuilder();
        builder.Add("a", 1);
        builder.Add("b", Value.Null);
        builder.Add("c", 2);
        builder.Add("a", Value.Null);
        builder.Add("d", 3);

        builder.Build().Should().Equal(Entry.Of(("c", 2), ("d", 3)));
    }

    [Fact]
    public void More_attributes_than_there_is_room_for_make_room()
    {
        var builder = new EntryBuilder();
        for (var i = 0; i < 100; i++)
            builder.Add($"a{i:00}", i);

        builder.Build().Should().HaveCount(100);
    }

    [Fact]
    public void What_was_added_to_an_entry_that_was_given_up_is_cleared()
    {
        var builder = new EntryBuilder();
        builder.Add("b", 1);
        builder.Add("a", 1);
        builder.Clear();
        builder.Add("x", 2);

        builder.Build().Should().Equal(Entry.Of(("x", 2)));
    }
}
