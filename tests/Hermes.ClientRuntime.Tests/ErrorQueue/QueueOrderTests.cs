using Hermes.ClientRuntime.ErrorQueue;

namespace Hermes.ClientRuntime.Tests.ErrorQueue;

public sealed class QueueOrderTests
{
    private readonly HashSet<long> _there = [];
    private readonly QueueOrder _order;

    public QueueOrderTests() => _order = new QueueOrder(_there.Contains);

    [Fact]
    public void Numbers_keep_their_order_whatever_comes_and_leaves()
    {
        var random = new Random(1);
        for (var i = 0; i < 5_000; i++)
        {
            var number = random.Next(1, 300);
            if (_there.Add(number))
            {
                _order.Add(number);
            }
            else if (_there.Remove(number))
            {
                _order.Remove();
            }

            if (i % 50 != 0)
                continue;
            _order.ToArray().Should().Equal(_there.Order());
            _order.Behind(number, 20).Should().Equal(_there.Order().Where(other => other > number).Take(20));
        }
    }
}
