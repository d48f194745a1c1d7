using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Diffing;

public class CachedEntryTests
{
    [Fact]
    public void Every_entry_survives_encoding_and_decoding()
    {
        for (var seed = 0; seed < 500; seed++)
        {
            var random = new RandomValues(seed);
            var entry = new CachedEntry(random.Entry(8), random.Entry(3));

            var decoded = CachedEntry.Decode(entry.Encode());
            decoded.Should().Be(entry, $"of seed {seed}");
            decoded.Encode().Should().Equal(entry.Encode(), $"of seed {seed}");
        }
    }

    [Fact]
    public void Different_entries_have_different_contents()
    {
        var seen = new Dictionary<string, CachedEntry>();
        for (var seed = 0; seed < 2000; seed++)
        {
            var random = new RandomValues(seed);
            var entry = new CachedEntry(random.Entry(2), random.Entry(1));
            var content = Convert.ToHexString(entry.Encode());
            if (!seen.TryAdd(content, entry))
                entry.Should().Be(seen[content], $"of seed {seed}");
        }
    }

    public static TheoryData<Value, Value> EqualValues => new()
    {
        { 1.0m, 1.00m },
        { 0m, -0.0m },
        { 100m, 1e2m },
        { decimal.MaxValue, decimal.MaxValue },
        { 0.0, -0.0 },
        { ValueMap.Create([new("b", 1), new("a", 2.50m)]), ValueMap.Create([new("a", 2.5m), new("b", 1)]) },
        { ValueList.Create((Value[])[1.10m]), ValueList.Create((Value[])[1.1m]) },
    };

    [Theory]
    [MemberData(nameof(EqualValues))]
    public void Equal_values_have_the_same_content_however_they_were_made(Value one, Value other)
    {
        one.Should().Be(other);
        Content(one).Should().Equal(Content(other));
    }

    public static TheoryData<Value, Value> DifferentValues => new()
    {
        { 1, "1" },
        { 1, 1.0 },
        { 1, 1m },
        { 1.0, 1m },
        { true, 1 },
        { "ab", new byte[] { 97, 98 } },
        { "\uD83D", "\uDE00" },
        { "\uD83D", "\uFFFD" },
        { ValueList.Create((Value[])["a", "b"]), ValueList.Create((Value[])["ab"]) },
        { ValueList.Create((Value[])["a", "b"]), ValueList.Create((Value[])["b", "a"]) },
        { new DateTime(5), 5 },
    };

    [Theory]
    [MemberData(nameof(DifferentValues))]
    public void Values_that_differ_in_type_or_order_have_different_contents(Value one, Value other)
    {
        Content(one).Should().NotEqual(Content(other));
    }

    [Fact]
    public void Attribute_that_changes_sides_changes_the_content()
    {
        var entry = Entry.Of(("a", 1));
        new CachedEntry(entry, Entry.Empty).Encode().Should().NotEqual(new CachedEntry(Entry.Empty, entry).Encode());
    }

    [Fact]
    public void Damaged_content_is_refused_and_never_read_as_something_else()
    {
        var content = new CachedEntry(Entry.Of(("name", "ann"), ("list", ValueList.Create((Value[])[1, 2]))), Entry.Empty).Encode();

        for (var length = 0; length < content.Length; length++)
        {
            var cut = content[..length];
            FluentActions.Invoking(() => CachedEntry.Decode(cut)).Should().Throw<InvalidDataException>();
        }

        content[0] = 99;
        FluentActions.Invoking(() => CachedEntry.Decode(content)).Should().Throw<InvalidDataException>().WithMessage("*another version*");
    }

    [Fact]
    public void Attributes_that_became_secret_are_known_to_be_set_and_no_more()
    {
        new CachedEntry(Entry.Of(("a", 1), ("b", 2)), Entry.Of(("c", 3))).WithSecret(new HashSet<string> { "a", "c" })
            .Should().BeEquivalentTo(new CachedEntry(Entry.Of(("b", 2)), Entry.Empty) { SetSecrets = ["a"] });
    }

    [Fact]
    public void Names_of_secrets_that_are_set_come_back_as_they_were()
    {
        var entry = new CachedEntry(Entry.Of(("a", 1)), Entry.Of(("c", 3))) { SetSecrets = ["pin", "ärger"] };

        CachedEntry.Decode(entry.Encode()).SetSecrets.Should().Equal("pin", "ärger");
        entry.Encode().Should().NotEqual((entry with { SetSecrets = ["pin"] }).Encode());
    }

    private static byte[] Content(Value value) => new CachedEntry(Entry.Of(("a", value)), Entry.Empty).Encode();
}
