using System.Net.Sockets;
using System.Security.Authentication;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;
using RabbitMQ.Client.Events;
using RabbitMQ.Client.Exceptions;

namespace Hermes.RabbitMq;

/// <summary>Says what the broker or the way to it reports in the words of an administrator, and whether trying again may help.</summary>
internal static class RabbitMqFaults
{
    private const int ConnectionForced = 320;
    private const int AccessRefused = 403;
    private const int NotFound = 404;
    private const int PreconditionFailed = 406;
    private const int NotAllowed = 530;

    /// <summary>Whether an exception comes from the broker or the network rather than from a mistake in this program.</summary>
    public static bool IsOfBroker(Exception exception) =>
        exception is RabbitMQClientException or IOException or SocketException or TimeoutException or AuthenticationException or ObjectDisposedException;

    /// <summary>What a failed call means.</summary>
    public static BusException Of(Exception exception, RabbitMqOptions options, int confirmed = 0)
    {
        var (message, fault) = Chain(exception).Select(cause => Known(cause, options)).FirstOrDefault(known => known.Message is not null);
        return new BusException(
            message ?? $"The RabbitMQ broker at {options.Address} failed: {exception.Message}", message is null ? FaultKind.Transient : fault, exception)
        {
            Confirmed = confirmed,
        };
    }

    /// <summary>What the end of a connection or channel means.</summary>
    public static BusException Of(ShutdownEventArgs shutdown, RabbitMqOptions options)
    {
        var (message, fault) = Reply(shutdown, options);
        return new BusException(message, fault, shutdown.Exception);
    }

    /// <summary>The certificate that the broker shows is not to be trusted.</summary>
    public static BusException Untrusted(string finding, Exception exception, RabbitMqOptions options) =>
        new($"No TLS connection to the RabbitMQ broker at {options.Address}: {finding}", FaultKind.Permanent, exception);

    public static BusException StreamMissing(RabbitMqOptions options) =>
        new(
            $"The stream '{options.Stream}' does not exist in the virtual host '{options.VirtualHost}' of the RabbitMQ broker at {options.Address}. "
            + "Make it, correct its name, or let Hermes make it (CreateStream).",
            FaultKind.Permanent);

    public static BusException NoStream(RabbitMqOptions options) =>
        new(
            $"The queue '{options.Stream}' of the RabbitMQ broker at {options.Address} is no stream. Name another in Stream, or make it one: x-queue-type=stream.",
            FaultKind.Permanent);

    public static bool IsStreamMissing(OperationInterruptedException exception) =>
        exception.ShutdownReason is { ReplyCode: NotFound } reason && reason.ReplyText.Contains("no queue", StringComparison.Ordinal);

    private static IEnumerable<Exception> Chain(Exception exception) =>
        exception switch
        {
            AggregateException aggregate => aggregate.InnerExceptions.SelectMany(Chain).Prepend(exception),
            { InnerException: { } inner } => Chain(inner).Prepend(exception),
            _ => [exception],
        };

    private static (string? Message, FaultKind Fault) Known(Exception exception, RabbitMqOptions options) =>
        exception switch
        {
            AuthenticationFailureException => (
                $"The RabbitMQ broker at {options.Address} refused the user '{options.UserName}'. Check UserName and Password.", FaultKind.Permanent),

            // What the library calls a possible failure of authentication is any end of the connection during the log-in, as when a broker goes down.
            PossibleAuthenticationFailureException => (
                $"The RabbitMQ broker at {options.Address} ended the connection during the log-in of '{options.UserName}': it is going down or coming up, "
                + "or it refuses in an old way. If this stays so, check UserName and Password.",
                FaultKind.Transient),
            AuthenticationException => (
                $"No TLS connection to the RabbitMQ broker at {options.Address}: {exception.Message} Check that Port is one on which the broker speaks TLS.",
                FaultKind.Permanent),
            OperationInterruptedException { ShutdownReason: { } reason } => Reply(reason, options),
            SocketException socket => (
                $"The RabbitMQ broker at {options.Address} cannot be reached: {socket.Message}. Check Host and Port, that the broker runs, and what lies between.",
                FaultKind.Transient),
            TimeoutException or RabbitMQ.Client.Exceptions.ConnectFailureException { InnerException: null } => (
                $"The RabbitMQ broker at {options.Address} did not answer in time. Look whether it hangs or is overloaded.", FaultKind.Transient),
            _ => (null, FaultKind.Transient),
        };

    private static (string Message, FaultKind Fault) Reply(ShutdownEventArgs reason, RabbitMqOptions options)
    {
        var where = $"The RabbitMQ broker at {options.Address}";
        return reason.ReplyCode switch
        {
            AccessRefused => (
                $"{where} does not permit this to the user '{options.UserName}': {reason.ReplyText}. Give it the permission on the stream '{options.Stream}'.",
                FaultKind.Permanent),
            NotAllowed => (
                $"{where} does not let the user '{options.UserName}' into the virtual host '{options.VirtualHost}': {reason.ReplyText}. "
                + "Check VirtualHost and the user's permissions.",
                FaultKind.Permanent),
            NotFound when reason.ReplyText.Contains("no queue", StringComparison.Ordinal) => (StreamMissing(options).Message, FaultKind.Permanent),
            PreconditionFailed when reason.ReplyText.Contains(RabbitMqStream.Offset, StringComparison.Ordinal) => (NoStream(options).Message, FaultKind.Permanent),
            PreconditionFailed when reason.ReplyText.Contains("does not have a replica on the local node", StringComparison.Ordinal) => (
                $"{where} is not ready with the stream '{options.Stream}': it has just come up.", FaultKind.Transient),
            PreconditionFailed when reason.ReplyText.Contains("delivery acknowledgement", StringComparison.Ordinal) => (
                $"{where} ended the reading of the stream '{options.Stream}', since nothing was taken for too long: {reason.ReplyText}.", FaultKind.Transient),
            PreconditionFailed when reason.ReplyText.Contains("message size", StringComparison.Ordinal) => (
                $"{where} refuses a message for its size: {reason.ReplyText}. Raise max_message_size there.", FaultKind.Permanent),
            PreconditionFailed => (
                $"{where} has a queue '{options.Stream}' that does not fit: {reason.ReplyText}. It must be a stream; give RetentionAge, RetentionBytes and "
                + "SegmentBytes the values it was made with, use it as it is (CreateStream off), or name another.",
                FaultKind.Permanent),
            ConnectionForced => ($"{where} ended the connection: {reason.ReplyText}.", FaultKind.Transient),
            _ => ($"The connection to the RabbitMQ broker at {options.Address} broke: {reason.ReplyText}.", FaultKind.Transient),
        };
    }
}
