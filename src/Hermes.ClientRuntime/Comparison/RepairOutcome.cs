namespace Hermes.ClientRuntime.Comparison;

/// <summary>What a repair came to.</summary>
/// <param name="Decided">How many rows are done, or wait in the error queue to be done.</param>
/// <param name="Changed">How many rows were left out, because entry or object are not as they were when they were compared.</param>
public sealed record RepairOutcome(long Decided, long Changed)
{
    /// <summary>How many objects that are no entry's the target refused to trash or remove. Their rows stay open.</summary>
    public long Failed { get; init; }

    /// <summary>Why it refused the first of them; null if it refused none.</summary>
    public string? Failure { get; init; }
}
