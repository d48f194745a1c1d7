using Confluent.Kafka;
using Hermes.Abstractions;
using Hermes.Abstractions.Buses;

namespace Hermes.Kafka;

/// <summary>Says what Kafka reports in the words of an administrator, and whether trying again may help.</summary>
internal static class KafkaFaults
{
    /// <summary>Whether an error that the library reports by the way means that nothing will go on until something changes.</summary>
    public static bool StopsWork(Error error) =>
        error.IsFatal || CodeOf(error) is ErrorCode.Local_AllBrokersDown or ErrorCode.Local_Authentication or ErrorCode.Local_Ssl
            or ErrorCode.SaslAuthenticationFailed or ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed
            or ErrorCode.Local_UnsupportedFeature;

    /// <param name="error">What was reported.</param>
    /// <param name="options">The topic.</param>
    /// <param name="confirmed">When sending: how many of the first messages were confirmed.</param>
    public static BusException Of(Error error, KafkaOptions options, int confirmed = 0)
    {
        var (message, fault) = Known(error, options);
        // The library's exception would add a stack trace and nothing else.
        return new BusException(message, fault) { Confirmed = confirmed };
    }

    /// <summary>Makes a client of the library; what it has against its settings becomes a failure of the bus, without their values.</summary>
    /// <exception cref="BusException">The library refuses a setting.</exception>
    public static TClient TranslateErrors<TClient>(KafkaOptions options, Func<TClient> make)
    {
        try
        {
            return make();
        }
        catch (Exception exception) when (exception is ArgumentException or InvalidOperationException or KafkaException)
        {
            var secrets = options.LibrarySettings.Values.Append(options.Password).Append(options.TlsKeyPassword)
                .Where(value => !string.IsNullOrEmpty(value));
            var message = secrets.Aggregate(exception.Message, (text, value) => text.Replace(value!, "...", StringComparison.Ordinal));
            // Without the library's exception, whose text may hold a value.
            throw new BusException(
                $"The Kafka client cannot be made: {message}. Check the files for TLS, and LibrarySettings against the library's list of settings.",
                FaultKind.Permanent);
        }
    }

    public static BusException TopicMissing(KafkaOptions options) =>
        new(
            $"The topic '{options.Topic}' does not exist on the Kafka brokers {options.BootstrapServers}. Make it with one partition, correct its name, "
            + "or let Hermes make it (CreateTopic).",
            FaultKind.Permanent);

    private static (string Message, FaultKind Fault) Known(Error error, KafkaOptions options)
    {
        var brokers = $"The Kafka brokers {options.BootstrapServers}";
        return CodeOf(error) switch
        {
            ErrorCode.Local_Authentication or ErrorCode.SaslAuthenticationFailed => (
                $"{brokers} refused the user '{options.UserName}'. Check UserName, Password and SaslMechanism.", FaultKind.Permanent),
            ErrorCode.Local_Ssl => (
                $"No TLS connection to the Kafka brokers {options.BootstrapServers}: {error.Reason}. Check that their certificates have not expired, "
                + "bear the names that are asked for, and are signed by an authority that is trusted (TlsAuthorityFile); "
                + "that this side shows a certificate if they ask for one (TlsCertificateFile); and that they speak TLS on this port (Security).",
                FaultKind.Permanent),
            ErrorCode.Local_UnsupportedFeature or ErrorCode.UnsupportedVersion => (
                $"{brokers} are too old: {error.Reason}. Hermes needs Kafka 0.11 or newer, for its idempotent producers and headers.",
                FaultKind.Permanent),
            ErrorCode.TopicAuthorizationFailed or ErrorCode.ClusterAuthorizationFailed or ErrorCode.GroupAuthorizationFailed => (
                $"{brokers} do not permit this to the user '{options.UserName}': {error.Reason}. A server needs Write, Describe and IdempotentWrite, and Create to make "
                + $"the topic; a client Read and Describe on the topic '{options.Topic}'.",
                FaultKind.Permanent),
            ErrorCode.UnknownTopicOrPart or ErrorCode.Local_UnknownTopic or ErrorCode.Local_UnknownPartition => (TopicMissing(options).Message, FaultKind.Permanent),
            ErrorCode.MsgSizeTooLarge or ErrorCode.InvalidMsgSize => (
                $"A message is larger than {brokers} or MaxMessageBytes ({options.MaxMessageBytes}) allow. Raise both: max.message.bytes of the topic and the setting.",
                FaultKind.Permanent),
            ErrorCode.Local_Resolve or ErrorCode.Local_Transport or ErrorCode.Local_AllBrokersDown or ErrorCode.Local_TimedOut => (
                $"{brokers} cannot be reached: {error.Reason}. Check BootstrapServers and Security, that the brokers run, and what lies between.{TlsHint(error)}",
                FaultKind.Transient),
            ErrorCode.Local_MsgTimedOut or ErrorCode.RequestTimedOut => (
                $"{brokers} did not confirm in time: {error.Reason}. Look whether they are overloaded or replicas are missing.", FaultKind.Transient),
            ErrorCode.NotEnoughReplicas or ErrorCode.NotEnoughReplicasAfterAppend => (
                $"{brokers} have too few replicas of the topic '{options.Topic}' in step to take messages. Bring the missing brokers back.", FaultKind.Transient),
            _ => ($"{brokers} failed: {error.Reason} ({error.Code}).", FaultKind.Transient),
        };
    }

    // A handshake that fails at once is told as any other lost connection; only its text says that this side refuses the certificate, or that the other side wants one.
    private static ErrorCode CodeOf(Error error) => error.Code == ErrorCode.Local_Transport
        && (error.Reason.Contains("certificate", StringComparison.Ordinal) || error.Reason.Contains("SSL routines::unexpected message", StringComparison.Ordinal))
            ? ErrorCode.Local_Ssl
            : error.Code;

    // The library names the state in which the connection ended.
    private static string TlsHint(Error error) =>
        error.Reason.Contains("SSL_HANDSHAKE", StringComparison.Ordinal) ? " Perhaps the port does not speak TLS." : "";
}
