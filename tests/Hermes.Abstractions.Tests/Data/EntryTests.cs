using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Tests.Data;

public sealed class EntryTests
{
    [Fact]
    public void Attributes_that_are_not_set_are_left_out()
    {
        var entry = Entry.Of(("a", 1), ("b", Value.Null), ("c", ValueList.Empty), ("d", ValueMap.Empty), ("e", ""));

        entry.Keys.Should().Equal("a", "e");
    }

    [Fact]
    public void Attributes_stand_in_ordinal_order_and_the_last_of_a_name_counts()
    {
        var entry = Entry.Of(("b", 1), ("a", 2), ("B", 3), ("a", 4));

        entry.Should().Equal(KeyValuePair.Create("B", (Value)3), KeyValuePair.Create("a", (Value)4), KeyValuePair.Create("b", (Value)1));
    }

    [Fact]
    public void Entries_of_the_same_attributes_are_equal()
    {
        Entry.Of(("a", 1), ("b", "x")).Should().Equal(Entry.Of(("b", "x"), ("a", 1)));
        Entry.Of(("a", 1)).Should().NotEqual(Entry.Of(("a", "1")));
        Entry.Of(("a", 1)).GetHashCode().Should().Be(Entry.Of(("a", 1)).GetHashCode());
    }

    [Fact]
    public void An_attribute_set_to_nothing_is_gone()
    {
        Entry.Of(("a", 1), ("b", 2)).With("a", Value.Null).Should().Equal(Entry.Of(("b", 2)));
    }

    [Fact]
    public void Its_text_shows_no_value_since_some_may_be_secret()
    {
        Entry.Of(("login", "ada"), ("password", "s3cret")).ToString().Should().Be("{login, password}");
    }

    [Fact]
    public void Changes_are_applied_attribute_by_attribute()
    {
        var changes = new AttributeChanges(Entry.Of(("new", 1)), Entry.Of(("changed", 2)), ["gone"]);

        changes.ApplyTo(Entry.Of(("changed", 1), ("gone", 1), ("kept", 1))).Should().Equal(Entry.Of(("changed", 2), ("kept", 1), ("new", 1)));
    }
}
