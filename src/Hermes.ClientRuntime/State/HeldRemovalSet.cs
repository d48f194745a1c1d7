namespace Hermes.ClientRuntime.State;

/// <summary>Removals of a re-initialisation that wait for a decision. Their entries are in the table <see cref="EntryTable.Held"/> of the type.</summary>
/// <param name="Type">The data type of the server.</param>
/// <param name="Count">How many entries would be removed.</param>
/// <param name="Before">How many entries the type had.</param>
/// <param name="Digest">What stands for this set of entries: a decision names it.</param>
/// <param name="MustBeApproved">Whether they need a decision. The others wait with them, since children must not leave before their parents.</param>
/// <param name="Since">When they were held.</param>
public sealed record HeldRemovalSet(string Type, long Count, long Before, string Digest, bool MustBeApproved, DateTimeOffset Since)
{
    /// <summary>What was decided; null if nothing was.</summary>
    public RemovalDecision? Decision { get; init; }
}

/// <summary>What was decided about removals that waited.</summary>
/// <param name="IsApproved">Whether they are to be made; else the entries are kept.</param>
/// <param name="Digest">The set that it was about.</param>
/// <param name="Actor">Who decided.</param>
/// <param name="Reason">Why.</param>
/// <param name="Time">When.</param>
public sealed record RemovalDecision(bool IsApproved, string Digest, string Actor, string Reason, DateTimeOffset Time);
