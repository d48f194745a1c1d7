using Hermes.Runtime.Control;
using Microsoft.Extensions.Time.Testing;

namespace Hermes.Runtime.Tests.Control;

public sealed class MailboxTests
{
    private readonly Mailbox<List<string>> _mailbox = new();
    private readonly List<string> _worker = [];
    private readonly FakeTimeProvider _time = new();

    [Fact]
    public async Task Requests_are_answered_in_order_by_who_works()
    {
        var answers = new[] { Ask("a"), Ask("b") };
        answers.Should().OnlyContain(answer => !answer.IsCompleted);

        await _mailbox.ServeAsync(_worker, CancellationToken.None);

        (await Task.WhenAll(answers)).Should().Equal(1, 2);
        _worker.Should().Equal("a", "b");
    }

    [Fact]
    public async Task Who_asked_and_who_works_learn_of_a_failure()
    {
        var answer = _mailbox.AskAsync<int>((_, _) => throw new IOException("broken"), CancellationToken.None);

        await _mailbox.Awaiting(mailbox => mailbox.ServeAsync(_worker, CancellationToken.None).AsTask()).Should().ThrowAsync<IOException>();
        await answer.Awaiting(asked => asked).Should().ThrowAsync<IOException>();
    }

    [Fact]
    public async Task A_wrong_request_is_the_fault_of_who_asked()
    {
        var answer = _mailbox.AskAsync<int>((_, _) => throw new ArgumentException("no"), CancellationToken.None);

        await _mailbox.ServeAsync(_worker, CancellationToken.None);
        await answer.Awaiting(asked => asked).Should().ThrowAsync<ArgumentException>();
    }

    [Fact]
    public async Task Taking_waits_for_a_request_or_until_the_time_has_passed()
    {
        var nothing = _mailbox.TakeAsync(TimeSpan.FromSeconds(5), new TaskCompletionSource().Task, _time, CancellationToken.None);
        _time.Advance(TimeSpan.FromSeconds(5));
        (await nothing).Should().BeNull();

        var something = _mailbox.TakeAsync(Timeout.InfiniteTimeSpan, new TaskCompletionSource().Task, _time, CancellationToken.None);
        something.IsCompleted.Should().BeFalse();
        var answer = Ask("a");
        await (await something)!.AnswerAsync(_worker, CancellationToken.None);
        (await answer).Should().Be(1);
    }

    [Fact]
    public async Task A_request_that_waits_is_no_arrival()
    {
        var first = Ask("a");
        var arrival = _mailbox.NextArrival;
        arrival.IsCompleted.Should().BeFalse();

        var second = Ask("b");

        await arrival;
        await _mailbox.ServeAsync(_worker, CancellationToken.None);
        await Task.WhenAll(first, second);
    }

    [Fact]
    public async Task A_closed_mailbox_refuses_what_waits_and_what_comes()
    {
        var waiting = Ask("a");

        _mailbox.Close(new NotRunningException("server campus", "The disk is full."));

        await waiting.Awaiting(asked => asked).Should().ThrowAsync<NotRunningException>().WithMessage("The server campus is not running: The disk is full.");
        await this.Awaiting(test => test.Ask("b")).Should().ThrowAsync<NotRunningException>();
        _worker.Should().BeEmpty();
    }

    private Task<int> Ask(string what) => _mailbox.AskAsync(
        (worker, _) =>
        {
            worker.Add(what);
            return ValueTask.FromResult(worker.Count);
        },
        CancellationToken.None);
}
