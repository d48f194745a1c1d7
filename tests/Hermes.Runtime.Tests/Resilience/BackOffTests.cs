using Hermes.Runtime.Resilience;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Runtime.Tests.Resilience;

public sealed class BackOffTests
{
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public void Waits_double_up_to_the_longest_and_begin_anew_after_success()
    {
        var backOff = Make(5, 30, () => 0);

        Enumerable.Range(0, 5).Select(_ => backOff.Next().TotalSeconds).Should().Equal(5, 10, 20, 30, 30);
        backOff.Reset();
        backOff.Next().TotalSeconds.Should().Be(5);
    }

    [Fact]
    public void A_longest_wait_below_the_first_is_the_first() => Make(60, 30, () => 0).Next().TotalSeconds.Should().Be(60);

    [Fact]
    public void Jitter_only_shortens()
    {
        var backOff = Make(10, 10, () => 0.5);

        backOff.Next().TotalSeconds.Should().Be(9);
        Make(10, 10, null).Next().TotalSeconds.Should().BeInRange(8, 10);
    }

    [Fact]
    public async Task A_wait_ends_by_time_by_interruption_or_by_cancellation()
    {
        var backOff = Make(5, 5, null);
        var never = new TaskCompletionSource();
        var interruption = new TaskCompletionSource();
        using var cancel = new CancellationTokenSource();

        var byTime = backOff.WaitAsync(TimeSpan.FromSeconds(5), never.Task, CancellationToken.None);
        byTime.IsCompleted.Should().BeFalse();
        _time.Advance(TimeSpan.FromSeconds(5));
        await byTime;

        var interrupted = backOff.WaitAsync(TimeSpan.FromSeconds(5), interruption.Task, CancellationToken.None);
        interruption.SetResult();
        await interrupted;

        var cancelled = backOff.WaitAsync(TimeSpan.FromSeconds(5), never.Task, cancel.Token);
        await cancel.CancelAsync();
        await cancelled.Awaiting(wait => wait).Should().ThrowAsync<OperationCanceledException>();
    }

    private BackOff Make(int first, int longest, Func<double>? random) =>
        new(TimeSpan.FromSeconds(first), TimeSpan.FromSeconds(longest), _time, random);
}
