using System.Collections.Immutable;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>A decision about what a comparison found.</summary>
/// <param name="Type">The local data type.</param>
/// <param name="Digest">The digest of the report that it is about.</param>
/// <param name="Repair">What is to be done.</param>
/// <param name="Actor">Who decides.</param>
/// <param name="Reason">Why.</param>
public sealed record RepairRequest(string Type, string Digest, RepairKind Repair, string Actor, string Reason)
{
    /// <summary>Which kinds of finding. Default: all for which the repair is made.</summary>
    public ImmutableHashSet<FindingKind>? Kinds { get; init; }

    /// <summary>The numbers of the rows. Default: all.</summary>
    public ImmutableHashSet<long>? Rows { get; init; }

    internal bool Covers(Finding finding) =>
        finding.State == FindingState.Open && IsFor(finding.Kind) && Kinds?.Contains(finding.Kind) != false && Rows?.Contains(finding.Number) != false;

    private bool IsFor(FindingKind kind) => Repair switch
    {
        RepairKind.Link => kind == FindingKind.ToLink,
        RepairKind.Trash or RepairKind.Remove => kind == FindingKind.Unmanaged,
        _ => kind is FindingKind.Differs or FindingKind.Missing or FindingKind.ToLink,
    };
}
