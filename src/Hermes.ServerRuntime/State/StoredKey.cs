using Hermes.Diff.Diffing;

namespace Hermes.ServerRuntime.State;

/// <summary>What must be known of each cached entry to compare it.</summary>
/// <param name="Id">Its number in the state, unique in its type; later entries have greater ones.</param>
/// <param name="KeyHash">The keyed hash of its key.</param>
/// <param name="Fingerprint">The fingerprint of its content.</param>
public readonly record struct StoredKey(long Id, Hash128 KeyHash, Hash128 Fingerprint);
