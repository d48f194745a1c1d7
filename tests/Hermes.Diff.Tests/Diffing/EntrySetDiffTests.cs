using Hermes.Abstractions.Data;
using Hermes.Diff.Diffing;
using Hermes.Diff.Tests.Kit;

namespace Hermes.Diff.Tests.Diffing;

public class EntrySetDiffTests
{
    [Fact]
    public void Difference_of_two_sets_is_what_a_poll_tells()
    {
        for (var seed = 0; seed < 100; seed++)
        {
            var random = new RandomValues(seed);
            var (old, current) = (RandomEntries(random), RandomEntries(random));
            var server = new Server(Types.Model(Types.Type("Users", ["id"], Types.Source("hr", "id", "a0", "a1", "a2"))));
            server.Rows("Users/hr", old).Poll();
            var told = server.Rows("Users/hr", current).Poll();

            var differences = EntrySetDiff.Between(old, current, KeyOf);

            differences.Select(item => item.Key.ToString()).Should().BeEquivalentTo(told.Select(change => change.Key), $"of seed {seed}");
            foreach (var modified in told.OfType<ModifiedChange>())
                differences.Single(item => item.Key.ToString() == modified.Key).Changes.Should().Be(modified.Changes);
            differences.Where(item => item.Old is null).Select(item => item.Current).Should().Equal(told.OfType<AddedChange>().Select(change => change.Attributes));
            differences.Where(item => item.Current is null).Should().HaveCount(told.OfType<RemovedChange>().Count());
        }
    }

    [Fact]
    public void Key_that_stands_twice_is_an_error()
    {
        var twice = new[] { Entry.Of(("id", 1)), Entry.Of(("id", 1), ("a0", 2)) };

        FluentActions.Invoking(() => EntrySetDiff.Between(twice, [], KeyOf)).Should().Throw<ArgumentException>();
        FluentActions.Invoking(() => EntrySetDiff.Between([], twice, KeyOf)).Should().Throw<ArgumentException>().WithMessage("*stands twice*");
    }

    private static EntryKey KeyOf(Entry entry) => EntryKey.Of(entry.Get("id"));

    private static List<Entry> RandomEntries(RandomValues random) =>
        [.. Enumerable.Range(0, 12).Where(_ => random.Random.Next(3) > 0).Select(id => random.Entry(3).With("id", id))];
}
