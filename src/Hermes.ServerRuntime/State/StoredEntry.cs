namespace Hermes.ServerRuntime.State;

/// <summary>A cached entry.</summary>
/// <param name="Id">Its number in the state.</param>
/// <param name="Row">Its hashes and content.</param>
public readonly record struct StoredEntry(long Id, StoredRow Row);
