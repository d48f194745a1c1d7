using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;
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

/// <summary>
/// What of an exception's message may be told. Databases quote values of rows in messages about data ("invalid input syntax for type bigint: "s3cret"),
/// and any of them may be a secret.
/// </summary>
internal static partial class ServerText
{
    /// <summary>The message without what may be a value; null if all of it may be one.</summary>
    public static string? Of(Exception exception, SqlFault fault) => exception switch
    {
        DbException failure when IsWrittenByUsers(failure) => null,
        DbException when MayQuote(fault) => Quoted.Replace(exception.Message, "***"),
        DbException or IOException or SocketException or TimeoutException => exception.Message,
        _ => null,
    };

    private static bool MayQuote(SqlFault fault) =>
        fault == SqlFault.Data || fault == SqlFault.Constraint || fault == SqlFault.Unknown || fault == SqlFault.UnknownTransient;

    // RAISE of PostgreSQL, SIGNAL of MySQL and MariaDB, RAISE_APPLICATION_ERROR of Oracle, THROW and RAISERROR of SQL Server: texts that a trigger or function made.
    private static bool IsWrittenByUsers(DbException failure) =>
        failure.SqlState is ['P', '0', ..] or "45000" || DriverNumber.Of(failure) is 1644 or (>= 20000 and <= 20999) or >= 50000;

    // From the first quote or parenthesis to the last one: a value may hold quotes itself. Bytes stand in no quotes.
    [GeneratedRegex(@"['""`(\u201c\u2018].*['""`)\u201d\u2019]|\b0x[0-9a-f]+( 0x[0-9a-f]+)*|\\x[0-9a-f]+", RegexOptions.Singleline | RegexOptions.IgnoreCase)]
    private static partial Regex Quoted { get; }
}

/// <summary>
/// Takes values that were bound out of a driver's message ("Duplicate entry 's3cret' for key"), since any of them may be a secret.
/// </summary>
internal static class BoundValues
{
    private const string Stars = "***";

    // Servers cut long values; a value whose beginning shows is masked as far as it shows.
    private const int Probe = 12;

    private const int ShortestText = 3;

    // A shorter number says nothing and would mask line numbers and error codes.
    private const int ShortestNumber = 4;

    /// <summary>The message, or the same object if nothing had to be masked.</summary>
    public static string Mask(string message, IEnumerable<Value> bound)
    {
        foreach (var text in bound.SelectMany(Texts).OrderByDescending(text => text.Length))
            message = Mask(message, text);
        return message;
    }

    private static string Mask(string message, string secret)
    {
        var probe = secret.Length > Probe ? secret[..Probe] : secret;
        for (var at = message.IndexOf(probe, StringComparison.Ordinal); at >= 0; at = message.IndexOf(probe, at + Stars.Length, StringComparison.Ordinal))
        {
            var length = probe.Length;
            while (length < secret.Length && at + length < message.Length && message[at + length] == secret[length])
                length++;
            message = string.Concat(message.AsSpan(0, at), Stars, message.AsSpan(at + length));
            if (at + Stars.Length >= message.Length)
                break;
        }

        return message;
    }

    private static IEnumerable<string> Texts(Value value) => value.Kind switch
    {
        ValueKind.String => value.AsString() is { Length: >= ShortestText } text ? [text] : [],
        ValueKind.Integer or ValueKind.Decimal or ValueKind.Double => value.ToString() is { Length: >= ShortestNumber } number ? [number] : [],
        ValueKind.Bytes => [Convert.ToHexString(value.AsBytes().Span), Convert.ToHexStringLower(value.AsBytes().Span)],
        ValueKind.List => value.AsList().SelectMany(Texts),
        ValueKind.Map => value.AsMap().Values.SelectMany(Texts),
        _ => [],
    };
}
