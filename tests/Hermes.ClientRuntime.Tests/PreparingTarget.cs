using Hermes.Abstractions;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.Tests;

/// <summary>A target that prepares each change in a step that changes nothing, and then makes it, or fails if it is told to.</summary>
internal sealed class PreparingTarget : IClientTarget
{
    /// <summary>What it did, as <c>prepare Added Users[1]</c> and <c>Added Users[1]</c>; with <c>again</c> at the end if the call was marked as a redelivery.</summary>
    public List<string> Log { get; } = [];

    public bool IsFailing { get; set; }

    public async ValueTask ApplyAsync(TargetChange change, TargetContext context, CancellationToken cancellationToken)
    {
        var text = $"{change.Kind} {change.Type}[{change.Key}]{(context.IsRedelivery ? " again" : "")}";
        await context.PrepareAsync("prepare", _ => Write($"prepare {text}"), cancellationToken);
        if (IsFailing)
            throw new TargetException("The target failed, as the test told it to.", FaultKind.Permanent);
        await Write(text);
    }

    private ValueTask Write(string line)
    {
        Log.Add(line);
        return ValueTask.CompletedTask;
    }
}
