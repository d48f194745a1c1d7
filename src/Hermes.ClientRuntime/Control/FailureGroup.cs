using System.Globalization;

namespace Hermes.ClientRuntime.Control;

/// <summary>Events of the error queue that failed of the same cause.</summary>
/// <param name="Group">What stands for it, the same on any machine: what <see cref="Runtime.Lists.ListFilter.Group"/> takes.</param>
/// <param name="Exception">The name of the exception's type.</param>
/// <param name="Step">The step that failed; null if it was none.</param>
/// <param name="Message">The message without its values.</param>
/// <param name="Count">How many events.</param>
/// <param name="First">When the first of them was queued.</param>
/// <param name="Last">When one of them was tried last.</param>
/// <param name="Example">The first of them.</param>
public sealed record FailureGroup(
    string Group, string Exception, string? Step, string Message, int Count, DateTimeOffset First, DateTimeOffset Last, QueuedEventInfo Example)
{
    /// <inheritdoc/>
    public override string ToString() => string.Create(
        CultureInfo.InvariantCulture, $"{Count} events: {Message} ({Exception}{(Step is null ? "" : $" in step {Step}")}, {Group})");
}
