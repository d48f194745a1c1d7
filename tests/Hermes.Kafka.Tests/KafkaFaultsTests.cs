using Confluent.Kafka;
using Hermes.Abstractions;

namespace Hermes.Kafka.Tests;

public sealed class KafkaFaultsTests
{
    // A handshake that fails before the library waits for it is reported as a lost connection.
    [Theory]
    [InlineData("ssl://localhost:9093/bootstrap: error:0A000086:SSL routines::certificate verify failed (after 13ms in state SSL_HANDSHAKE)", FaultKind.Permanent)]
    [InlineData("ssl://localhost:9093/bootstrap: error:0A0000F4:SSL routines::unexpected message (after 15ms in state SSL_HANDSHAKE)", FaultKind.Permanent)]
    [InlineData("ssl://localhost:9093/bootstrap: error:0A000126:SSL routines::unexpected eof while reading (after 3ms in state SSL_HANDSHAKE)", FaultKind.Transient)]
    [InlineData("ssl://localhost:9093/bootstrap: Disconnected (after 3ms in state SSL_HANDSHAKE)", FaultKind.Transient)]
    public void Handshake_that_fails_at_once_is_told_by_its_reason(string reason, FaultKind expected)
    {
        var error = new Error(ErrorCode.Local_Transport, reason);

        var fault = KafkaFaults.Of(error, new KafkaOptions { BootstrapServers = "localhost:9093", Security = KafkaSecurity.Tls });

        fault.Fault.Should().Be(expected);
        KafkaFaults.StopsWork(error).Should().Be(expected == FaultKind.Permanent);
        fault.Message.Should().Contain(expected == FaultKind.Permanent ? "TlsAuthorityFile" : "cannot be reached");
    }
}
