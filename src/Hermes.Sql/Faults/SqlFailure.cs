using System.Data.Common;
using System.Net.Sockets;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Faults;

/// <summary>A failure of the driver, told so that an administrator understands it and no value of a row is shown.</summary>
/// <param name="Fault">What went wrong.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Cause">The driver's exception, or null if it may show a value.</param>
internal sealed record SqlFailure(SqlFault Fault, string Message, Exception? Cause)
{
    /// <summary>Whether an exception comes from the driver or the network below it.</summary>
    public static bool IsFailure(Exception exception) => exception is DbException or IOException or SocketException or TimeoutException;

    /// <summary>Whether an exception that a driver threw while it read is to be told: any but those that are told already, and a stop that was asked for.</summary>
    public static bool IsForeign(Exception exception, CancellationToken cancellationToken) =>
        exception is not SourceException && !(exception is OperationCanceledException && cancellationToken.IsCancellationRequested);

    public static SqlFailure Of(Exception exception, string subject, Dialect dialect, DbConnection connection, IEnumerable<Value> bound)
    {
        var fault = Explain(exception, dialect, connection);
        if (ServerText.Of(exception, fault) is not { } text)
            return new(fault, $"{subject}: {fault.Text} What the database or its driver says ({Name(exception)}) may show values, and is left out.", null);

        var said = BoundValues.Mask(text, bound);
        var isWhole = ReferenceEquals(said, exception.Message);
        return new(fault, $"{subject}: {fault.Text} The database says: {said}", isWhole ? exception : null);
    }

    private static SqlFault Explain(Exception exception, Dialect dialect, DbConnection connection)
    {
        if (exception is DbException failure)
        {
            if (dialect.Explain(failure, connection) is { } known)
                return known;
            if (Causes(exception).Any(cause => cause is TimeoutException))
                return SqlFault.Timeout;
            if (Causes(exception).Any(cause => cause is SocketException or IOException))
                return SqlFault.Unreachable;
            return failure.IsTransient ? SqlFault.UnknownTransient : SqlFault.Unknown;
        }

        return exception switch
        {
            TimeoutException or OperationCanceledException => SqlFault.Timeout,
            IOException or SocketException => SqlFault.Unreachable,
            _ => SqlFault.Driver,
        };
    }

    private static string Name(Exception exception) => exception is DbException { SqlState: { Length: > 0 } state }
        ? $"{exception.GetType().Name}, SQLSTATE {state}"
        : exception.GetType().Name;

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var current = exception.InnerException; current is not null; current = current.InnerException)
            yield return current;
    }
}
