using Hermes.Abstractions.Targets;

namespace Hermes.Testing.Targets;

/// <summary>One call of a <see cref="RecordingTarget"/>.</summary>
/// <param name="Change">The change.</param>
/// <param name="Attempt">Which attempt it was, from 1.</param>
/// <param name="IsRedelivery">Whether it may have been applied before.</param>
/// <param name="Failure">What it was failed with, or null.</param>
public sealed record RecordedCall(TargetChange Change, int Attempt, bool IsRedelivery, Exception? Failure)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Change.Kind} {Change.Type} {Change.Key}{(Failure is null ? "" : " failed")}";
}
