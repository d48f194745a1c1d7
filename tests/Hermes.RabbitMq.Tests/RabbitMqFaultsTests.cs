using Hermes.Abstractions;
using RabbitMQ.Client;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Hermes.RabbitMq.Tests;

public sealed class RabbitMqFaultsTests
{
    private static readonly RabbitMqOptions Options = new() { UserName = "sync" };

    [Fact]
    public void A_connection_that_ends_during_the_log_in_is_tried_again_since_the_broker_may_be_going_down()
    {
        var fault = RabbitMqFaults.Of(new BrokerUnreachableException(new PossibleAuthenticationFailureException("closed")), Options);

        fault.Fault.Should().Be(FaultKind.Transient);
        fault.Message.Should().Contain("during the log-in of 'sync'");
    }

    [Fact]
    public void A_refused_password_is_not_tried_again()
    {
        var fault = RabbitMqFaults.Of(new BrokerUnreachableException(new AuthenticationFailureException("ACCESS_REFUSED")), Options);

        fault.Fault.Should().Be(FaultKind.Permanent);
        fault.Message.Should().Contain("refused the user 'sync'");
    }

    [Fact]
    public void A_stream_that_has_no_replica_yet_after_the_start_of_its_broker_is_tried_again()
    {
        var fault = RabbitMqFaults.Of(
            new ShutdownEventArgs(ShutdownInitiator.Peer, 406, "PRECONDITION_FAILED - queue 'hermes' in vhost '/' does not have a replica on the local node"), Options);

        fault.Fault.Should().Be(FaultKind.Transient);
        fault.Message.Should().Contain("has just come up");
    }

    [Fact]
    public void A_reader_that_took_nothing_for_half_an_hour_starts_again()
    {
        var fault = RabbitMqFaults.Of(
            new ShutdownEventArgs(ShutdownInitiator.Peer, 406, "PRECONDITION_FAILED - delivery acknowledgement on channel 1 timed out"), Options);

        fault.Fault.Should().Be(FaultKind.Transient);
        fault.Message.Should().Contain("nothing was taken");
    }

    [Fact]
    public void A_message_that_is_too_large_for_the_broker_is_told_as_that()
    {
        var fault = RabbitMqFaults.Of(
            new ShutdownEventArgs(ShutdownInitiator.Peer, 406, "PRECONDITION_FAILED - message size 20 is larger than configured max size 10"), Options);

        fault.Fault.Should().Be(FaultKind.Permanent);
        fault.Message.Should().Contain("max_message_size");
    }
}
