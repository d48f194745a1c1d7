namespace Hermes.Abstractions.Sources;

/// <summary>What a change feed can tell.</summary>
/// <param name="TellsDeletions">
/// Whether it tells the keys of rows that are gone. If not, a row that is gone shows only in a full read; a feed that says nothing of a row proves nothing.
/// </param>
public sealed record ChangeFeedCapabilities(bool TellsDeletions);
