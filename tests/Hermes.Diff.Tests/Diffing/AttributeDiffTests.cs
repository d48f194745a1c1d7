using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Diffing;

public class AttributeDiffTests
{
    [Fact]
    public void Difference_applied_to_the_old_entry_gives_the_new_one()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new RandomValues(seed);
            var (old, current) = (random.Entry(6), random.Entry(6));

            AttributeDiff.Between(old, current).ApplyTo(old).Should().Equal(current, $"of seed {seed}");
            AttributeDiff.Between(current, current).IsEmpty.Should().BeTrue();
        }
    }

    [Fact]
    public void Equality_is_strict_about_types()
    {
        AttributeDiff.Between(Entry.Of(("a", 1)), Entry.Of(("a", "1"))).Modified.Should().Equal(Entry.Of(("a", "1")));
    }
}
