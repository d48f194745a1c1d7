using Microsoft.Extensions.Logging;

namespace Hermes.Sql;

/// <summary>All that this package logs. Never values of rows.</summary>
internal static partial class Log
{
    [LoggerMessage(6101, LogLevel.Warning, "{Source}: the driver did not close a read within {Limit}; it is abandoned, and the next read takes a new connection")]
    public static partial void ReadAbandoned(ILogger logger, string source, TimeSpan limit);

    [LoggerMessage(6102, LogLevel.Debug, "{Source}: closing a read failed ({Failure}), which does not change what was read")]
    public static partial void ReadClosedBadly(ILogger logger, string source, string failure);
}
