using Microsoft.Extensions.Logging;

namespace Hermes.Http;

/// <summary>All that this package logs. Never a credential, a parameter of an address, or anything of an answer.</summary>
internal static partial class Log
{
    [LoggerMessage(6201, LogLevel.Warning, "{Subject}: a request failed and is made again in {Delay}. {Failure}")]
    public static partial void RequestRetried(ILogger logger, string subject, string failure, TimeSpan delay);

    [LoggerMessage(6202, LogLevel.Warning, "{Subject}: the read is not complete and is made again ({Attempt} of {Most}). {Reason}")]
    public static partial void ReadRepeated(ILogger logger, string subject, int attempt, int most, string reason);
}
