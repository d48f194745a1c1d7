using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.RabbitMq.Tests;

public sealed class PublisherConfirmsTests
{
    private readonly PublisherConfirms confirms = new(first: 11, count: 5);

    [Fact]
    public void Only_the_run_without_a_gap_counts_as_confirmed()
    {
        confirms.Confirm(12, andAllBefore: false);
        confirms.Confirm(14, andAllBefore: false);
        confirms.Confirmed.Should().Be(0);

        confirms.Confirm(11, andAllBefore: false);
        confirms.Confirmed.Should().Be(2);
        confirms.Completion.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public void Confirmation_of_all_before_counts_for_them_all()
    {
        confirms.Confirm(13, andAllBefore: true);
        confirms.Confirmed.Should().Be(3);

        confirms.Confirm(15, andAllBefore: true);
        confirms.Completion.IsCompletedSuccessfully.Should().BeTrue();
    }

    [Fact]
    public void Confirmation_of_an_earlier_send_is_nothing_to_this_one()
    {
        confirms.Confirm(10, andAllBefore: true);
        confirms.Refuse(10);

        confirms.Confirmed.Should().Be(0);
        confirms.Completion.IsCompleted.Should().BeFalse();
    }

    [Fact]
    public async Task What_is_confirmed_after_a_failure_does_not_count_since_returned_messages_are_confirmed_too()
    {
        confirms.Confirm(11, andAllBefore: true);
        confirms.Fail(new BusException("the stream is gone", FaultKind.Permanent));
        confirms.Confirm(15, andAllBefore: true);

        await confirms.Awaiting(c => c.Completion).Should().ThrowAsync<BusException>();
        confirms.Confirmed.Should().Be(1);
    }

    [Fact]
    public async Task Refusal_fails_the_send_and_keeps_what_was_confirmed()
    {
        confirms.Confirm(12, andAllBefore: true);
        confirms.Refuse(13);

        await confirms.Awaiting(c => c.Completion).Should().ThrowAsync<BusException>();
        confirms.Confirmed.Should().Be(2);
    }
}
