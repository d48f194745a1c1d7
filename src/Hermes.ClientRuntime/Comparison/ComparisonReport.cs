using System.Collections.Immutable;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>What a comparison of the target with the client's entries of a type found. Its rows are in the state until the next comparison.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Digest">What stands for what was found: a decision names it. Null while the comparison runs, and if it did not come to its end.</param>
/// <param name="Time">When it was begun.</param>
/// <param name="Entries">How many entries of the client were compared.</param>
/// <param name="Objects">How many objects the target told.</param>
/// <param name="Counts">How much was found of each kind; a kind of which nothing was is left out.</param>
public sealed record ComparisonReport(
    string Type, string? Digest, DateTimeOffset Time, long Entries, long Objects, ImmutableSortedDictionary<FindingKind, long> Counts)
{
    /// <summary>How much was found.</summary>
    public long Found => Counts.Values.Sum();

    /// <inheritdoc/>
    public override string ToString() =>
        $"{Type}: {Objects} objects, {Entries} entries; {(Counts.IsEmpty ? "all equal" : string.Join(", ", Counts.Select(count => $"{count.Value} {count.Key}")))}"
        + (Digest is null ? " (not complete)" : $" ({Digest})");
}
