using Hermes.PostgreSql.ClientState;

namespace Hermes.PostgreSql.Tests.ClientState;

public sealed class WriteSegmentsTests
{
    /// <summary>Written segment by segment, rows are what they would be had each change been written by itself, in the same places.</summary>
    [Fact]
    public void Segments_come_to_the_same_as_their_changes_one_by_one()
    {
        var random = new Random(7);
        for (var round = 0; round < 500; round++)
        {
            (int Key, int? Value)[] changes = [.. Enumerable.Range(0, random.Next(1, 12)).Select(i => (random.Next(4), random.Next(3) == 0 ? (int?)null : i))];
            var (one, many) = (new OrderedDictionary<int, int>(), new OrderedDictionary<int, int>());
            foreach (var (key, value) in changes)
                Write(one, key, value);

            foreach (var segment in WriteSegments.Of(changes, change => change.Key, change => change.Value is null))
            {
                foreach (var key in segment.Deleted)
                    Write(many, key, null);
                segment.Put.Select(change => change.Key).Should().OnlyHaveUniqueItems();
                foreach (var (key, value) in segment.Put)
                    Write(many, key, value);
            }

            many.Should().Equal(one, "the changes were {0}", string.Join(", ", changes));
        }
    }

    [Fact]
    public void Only_a_row_that_comes_again_after_its_deletion_needs_another_segment()
    {
        Count((1, 1), (2, 2), (1, 3), (3, null), (2, null)).Should().Be(1);
        Count((1, 1), (1, null), (1, 2), (2, 1), (1, 3)).Should().Be(2);
        Count().Should().Be(0);

        static int Count(params (int Key, int? Value)[] changes) => WriteSegments.Of(changes, change => change.Key, change => change.Value is null).Count();
    }

    private static void Write(OrderedDictionary<int, int> rows, int key, int? value)
    {
        if (value is { } known)
            rows[key] = known;
        else
            rows.Remove(key);
    }
}
