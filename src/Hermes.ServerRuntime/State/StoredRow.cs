using Hermes.Diff.Diffing;

namespace Hermes.ServerRuntime.State;

/// <summary>A cached entry.</summary>
/// <param name="Id">Its number in the state, unique in its type.</param>
/// <param name="KeyHash">The keyed hash of its key.</param>
/// <param name="Fingerprint">The fingerprint of its content.</param>
/// <param name="Content">Its cached attributes, encoded; never a secret.</param>
public readonly record struct StoredRow(long Id, Hash128 KeyHash, Hash128 Fingerprint, byte[] Content);
