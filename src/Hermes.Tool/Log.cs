using System.Net;
using Hermes.Abstractions.Targets;
using Microsoft.Extensions.Logging;

namespace Hermes.Tool;

internal static partial class Log
{
    [LoggerMessage(1, LogLevel.Information, "Answers at {Address}")]
    public static partial void AnswersAt(this ILogger log, string address);

    [LoggerMessage(2, LogLevel.Warning, "A request from {Address} was refused: its token is wrong")]
    public static partial void WrongToken(this ILogger log, IPAddress? address);

    [LoggerMessage(4, LogLevel.Critical, "The {Participant} has not answered for {Silence}: the supervisor is no longer told that the host lives")]
    public static partial void Hangs(this ILogger log, string participant, TimeSpan silence);

    [LoggerMessage(3, LogLevel.Information, "{Kind} of {Type} {Key} goes to the log only")]
    public static partial void ChangeIsOnlyLogged(this ILogger log, TargetChangeKind kind, string type, string key);
}
