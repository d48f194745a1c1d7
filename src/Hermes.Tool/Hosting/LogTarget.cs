using Hermes.Abstractions.Targets;
using Microsoft.Extensions.Logging;

namespace Hermes.Tool.Hosting;

/// <summary>The target of kind <c>Log</c>: writes to the log which entries would change, and changes nothing. Never values.</summary>
internal sealed class LogTarget(ILogger<LogTarget> log) : IClientTarget
{
    /// <inheritdoc/>
    public ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(change);
        log.ChangeIsOnlyLogged(change.Kind, change.Type, change.Key.ToString());
        return ValueTask.CompletedTask;
    }
}
