using System.Collections.Immutable;

namespace Hermes.ClientRuntime.Control;

/// <summary>Removals that a client does not make before somebody decides.</summary>
/// <param name="Type">What a decision calls them: a data type of the server for a re-initialisation, of the client for a change of its data model.</param>
/// <param name="Cause">What they come from.</param>
/// <param name="Count">How many entries would be removed.</param>
/// <param name="Before">How many entries the type has.</param>
/// <param name="Digest">What stands for this set of entries: a decision names it.</param>
/// <param name="MustBeApproved">Whether they need a decision. The others wait with them, since children must not leave before their parents.</param>
/// <param name="First">The keys of the first of them.</param>
public sealed record HeldRemovalsInfo(string Type, string Cause, long Count, long Before, string Digest, bool MustBeApproved, ImmutableArray<string> First)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}: {Count} of {Before} entries would be removed ({Digest}), because {Cause}";
}
