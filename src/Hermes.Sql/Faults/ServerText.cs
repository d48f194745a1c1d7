using System.Data.Common;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace Hermes.Sql.Faults;

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
