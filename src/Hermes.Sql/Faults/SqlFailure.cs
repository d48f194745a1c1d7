using System.Data.Common;
using System.Net.Sockets;
using Hermes.Abstractions.Data;
using Hermes.Sql.Dialects;

namespace Hermes.Sql.Faults;

/// <summary>A failure of the driver, told so that an administrator understands it and no value that was bound is shown.</summary>
/// <param name="Fault">What went wrong.</param>
/// <param name="Message">The whole message.</param>
/// <param name="Cause">The driver's exception, or null if it shows a value that was bound.</param>
internal sealed record SqlFailure(SqlFault Fault, string Message, Exception? Cause)
{
    /// <summary>Whether an exception comes from the driver or the network below it.</summary>
    public static bool IsFailure(Exception exception) => exception is DbException or IOException or SocketException or TimeoutException;

    public static SqlFailure Of(Exception exception, string subject, Dialect dialect, DbConnection connection, IEnumerable<Value> bound)
    {
        var fault = Explain(exception, dialect, connection);
        var said = BoundValues.Mask(exception.Message, bound);
        var isMasked = !ReferenceEquals(said, exception.Message);
        return new(fault, $"{subject}: {fault.Text} The database says: {said}", isMasked ? null : exception);
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

        return exception is TimeoutException ? SqlFault.Timeout : SqlFault.Unreachable;
    }

    private static IEnumerable<Exception> Causes(Exception exception)
    {
        for (var current = exception.InnerException; current is not null; current = current.InnerException)
            yield return current;
    }
}
