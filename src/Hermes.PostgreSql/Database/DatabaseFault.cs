using System.Net.Sockets;
using System.Security.Authentication;
using Hermes.Abstractions;
using Npgsql;

namespace Hermes.PostgreSql.Database;

/// <summary>Something is wrong with a database or the way to it. The message says what, where, and what to do.</summary>
internal sealed class DatabaseFaultException(string message, FaultKind fault, Exception? innerException = null) : Exception(message, innerException)
{
    /// <summary>Whether trying the same again may help.</summary>
    public FaultKind Fault { get; } = fault;
}

/// <summary>Says what PostgreSQL or the way to it reports in the words of an administrator.</summary>
internal static class DatabaseFault
{
    /// <summary>Whether an exception comes from the database or the network rather than from a mistake in this program.</summary>
    public static bool IsOfDatabase(Exception exception) =>
        exception is NpgsqlException or DatabaseFaultException or SocketException or IOException or TimeoutException or AuthenticationException or ObjectDisposedException;

    /// <summary>What a failed call means.</summary>
    public static DatabaseFaultException Of(Exception exception, PostgreSqlDatabase database)
    {
        if (exception is DatabaseFaultException known)
            return known;
        var (message, fault) = Chain(exception).Select(cause => Known(cause, database)).FirstOrDefault(told => told.Message is not null);
        return message is null
            ? new DatabaseFaultException($"The PostgreSQL database {database.Address} failed: {exception.Message}", FaultKind.Transient, exception)
            : new DatabaseFaultException(message, fault, exception);
    }

    private static IEnumerable<Exception> Chain(Exception exception)
    {
        for (var cause = exception; cause is not null; cause = cause.InnerException)
            yield return cause;
    }

    private static (string? Message, FaultKind Fault) Known(Exception exception, PostgreSqlDatabase database) => exception switch
    {
        PostgresException reply => Reply(reply, database),
        SocketException socket => (
            $"The PostgreSQL database {database.Address} cannot be reached: {socket.Message}. Check the host and the port, that the server runs, and what lies between.",
            FaultKind.Transient),
        AuthenticationException => (
            $"No TLS connection to the PostgreSQL database {database.Address}: {exception.Message} Check the certificate of the server and the SSL settings.", FaultKind.Permanent),
        TimeoutException => ($"The PostgreSQL database {database.Address} did not answer in time. Look whether it hangs or is overloaded.", FaultKind.Transient),
        IOException => ($"The connection to the PostgreSQL database {database.Address} broke: {exception.Message}", FaultKind.Transient),
        _ => (null, FaultKind.Transient),
    };

    private static (string Message, FaultKind Fault) Reply(PostgresException reply, PostgreSqlDatabase database)
    {
        var where = $"The PostgreSQL database {database.Address}";
        return reply.SqlState switch
        {
            PostgresErrorCodes.InvalidPassword or PostgresErrorCodes.InvalidAuthorizationSpecification => (
                $"{where} refused the user '{database.User}': {reply.MessageText}. Check the user name and the password.", FaultKind.Permanent),
            PostgresErrorCodes.InvalidCatalogName => ($"{where} does not exist. Make it, or correct its name.", FaultKind.Permanent),
            PostgresErrorCodes.InsufficientPrivilege => (
                $"{where} does not permit this to the user '{database.User}': {reply.MessageText}. Grant it the right on the schema '{database.Schema}'.", FaultKind.Permanent),
            PostgresErrorCodes.InvalidSchemaName or PostgresErrorCodes.UndefinedTable or PostgresErrorCodes.UndefinedColumn => (
                $"The {database.Place} lacks a table: {reply.MessageText}. Somebody dropped it: restore it from a backup.", FaultKind.Permanent),
            PostgresErrorCodes.ReadOnlySqlTransaction => (
                $"{where} takes no writes: it is a standby, or set to read only. Name the primary, or several hosts and 'Target Session Attributes=read-write'.",
                FaultKind.Transient),
            PostgresErrorCodes.DiskFull => ($"{where} has no space left: {reply.MessageText}. Free space on its disk.", FaultKind.Transient),
            PostgresErrorCodes.TooManyConnections => ($"{where} has too many connections: {reply.MessageText}. Raise max_connections, or use a pool.", FaultKind.Transient),
            PostgresErrorCodes.ProgramLimitExceeded => (
                $"{where} cannot hold a value: {reply.MessageText}. A key, a link or a reference may have about 2,600 bytes.", FaultKind.Permanent),
            PostgresErrorCodes.AdminShutdown or PostgresErrorCodes.CrashShutdown or PostgresErrorCodes.CannotConnectNow => (
                $"{where} is going down or coming up: {reply.MessageText}.", FaultKind.Transient),
            _ => ($"{where} failed: {reply.MessageText} ({reply.SqlState}).", IsTransient(reply) ? FaultKind.Transient : FaultKind.Permanent),
        };
    }

    // Connection, resources, operator, system, and what a retry of the transaction cures.
    private static bool IsTransient(PostgresException reply) => reply.IsTransient || reply.SqlState[..2] is "08" or "53" or "55" or "57" or "58" or "40";
}
