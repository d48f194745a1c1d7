using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.RabbitMq.Tests;

public sealed class PublisherConfirmsTests
{
    private readonly PublisherConfirms _confirms = new(first: 11, count: 5);

    [Fact]
    public void Only_the_run_without_a_gap_counts_as_confirmed()
    {
        _confirms.Confirm(12, andAllBefore: false);
        _confirms.Confirm(14, andAllBefore: false);
        _confirms.Confirmed.Should().Be(0);

        _confirms.Confirm(11, andAllBefore: false);
        _confirms.Confirmed.Should().Be(2);
        _confirms.Completion.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void Confirmation_of_all_before_counts_for_them_all()
    {
        _confirms.Confirm(13, andAllBefore: true);
        _confirms.Confirmed.Should().Be(3);

        _confirms.Confirm(15, andAllBefore: true);
        _confirms.Completion.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void Confirmation_of_an_earlier_send_is_nothing_to_this_one()
    {
        _confirms.Confirm(10, andAllBefore: true);
        _confirms.Refuse(10);

        _confirms.Confirmed.Should().Be(0);
        _confirms.Completion.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task What_is_confirmed_after_a_failure_does_not_count_since_returned_messages_are_confirmed_too()
    {
        _confirms.Confirm(11, andAllBefore: true);
        _confirms.Fail(new BusException("the stream is gone", FaultKind.Permanent));
        _confirms.Confirm(15, andAllBefore: true);

        await _confirms.Awaiting(c => c.Completion).Should().ThrowAsync<BusException>();
        _confirms.Confirmed.Should().Be(1);
    }

    [Fact]
    public async Task Refusal_fails_the_send_and_keeps_what_was_confirmed()
    {
        _confirms.Confirm(12, andAllBefore: true);
        _confirms.Refuse(13);

        await _confirms.Awaiting(c => c.Completion).Should().ThrowAsync<BusException>();
        _confirms.Confirmed.Should().Be(2);
    }
}
