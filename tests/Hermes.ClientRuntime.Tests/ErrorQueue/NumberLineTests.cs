using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

public sealed class NumberLineTests
{
    [Theory]
    [InlineData(1)]
    [InlineData(2)]
    [InlineData(3)]
    public void A_line_holds_what_a_sorted_set_holds(int seed)
    {
        var random = new Random(seed);
        var set = new SortedSet<long> { 50 };
        var line = new NumberLine(50);
        for (var i = 0; i < 2000; i++)
        {
            var number = random.Next(3) == 0 ? set.Min : random.Next(100);
            if (random.Next(2) == 0)
            {
                line.Add(number);
                set.Add(number);
            }
            else if (set.Count > 1)
            {
                line.Remove(number).Should().BeTrue();
                set.Remove(number);
            }

            line.Should().Equal(set);
            (line.First, line.Last).Should().Be((set.Min, set.Max));
        }
    }

    [Fact]
    public void The_last_number_ends_the_line()
    {
        var line = new NumberLine(1);
        line.Add(2);
        line.Remove(1).Should().BeTrue();
        line.Remove(1).Should().BeTrue("it is not there");
        line.Remove(2).Should().BeFalse();
    }
}
