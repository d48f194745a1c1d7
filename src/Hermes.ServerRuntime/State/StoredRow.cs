using Hermes.Diff.Diffing;

namespace Hermes.ServerRuntime.State;

/// <summary>What the cache holds of an entry.</summary>
/// <param name="KeyHash">The keyed hash of its key.</param>
/// <param name="Fingerprint">The fingerprint of its content.</param>
/// <param name="Content">Its cached attributes, encoded; never a secret.</param>
public readonly record struct StoredRow(KeyHash KeyHash, Fingerprint Fingerprint, byte[] Content);
