using Hermes.Runtime.Guard;

namespace Hermes.Runtime.Tests.Guard;

public sealed class GuardRuleTests
{
    private static readonly GuardRule Rule = new(MaxPercent: 20, MinEntries: 10, MaxEntries: null, AllowsEmpty: false);

    [Theory]
    [InlineData(20, 100, 80, false)]
    [InlineData(21, 100, 79, true)]
    [InlineData(9, 12, 3, false)]
    [InlineData(10, 12, 2, true)]
    [InlineData(0, 0, 0, false)]
    public void Share_counts_from_a_number_of_entries_on(int removed, int before, int after, bool holds) =>
        Rule.HoldsRemovals(removed, before, after).Should().Be(holds);

    [Fact]
    public void Type_that_becomes_empty_is_held_whatever_its_size_unless_that_is_allowed()
    {
        Rule.HoldsRemovals(1, 1, 0).Should().BeTrue();
        Rule.HoldsRemovals(1, 1, 1).Should().BeFalse("another entry comes in its place");
        (Rule with { AllowsEmpty = true }).HoldsRemovals(1, 1, 0).Should().BeFalse();
    }

    [Fact]
    public void Number_counts_whatever_the_share() => (Rule with { MaxEntries = 4 }).HoldsRemovals(5, 10_000, 9_995).Should().BeTrue();

    [Theory]
    [InlineData(20, 100, false)]
    [InlineData(21, 100, true)]
    [InlineData(9, 12, false)]
    [InlineData(4, 4, false)]
    [InlineData(5, 5, true)]
    [InlineData(5, 6, false)]
    [InlineData(0, 0, false)]
    public void Attribute_is_held_by_its_share_or_when_all_of_more_than_a_few_lose_it(int unset, int before, bool holds) =>
        Rule.HoldsUnset(unset, before).Should().Be(holds);

    [Fact]
    public void All_may_lose_an_attribute_if_that_is_allowed() => (Rule with { AllowsEmpty = true }).HoldsUnset(9, 9).Should().BeFalse();

    [Fact]
    public void Digest_depends_on_the_set_and_not_on_its_order()
    {
        SetDigest.Of(["a", "b"]).Should().Be(SetDigest.Of(["b", "a"])).And.HaveLength(16);
        new[] { SetDigest.Of(["a", "b"]), SetDigest.Of(["ab"]), SetDigest.Of(["a"]), SetDigest.Of([]) }.Should().OnlyHaveUniqueItems();
    }
}
