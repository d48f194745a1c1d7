namespace Hermes.ClientRuntime.Recovery;

/// <summary>An initsync cannot be taken as the whole truth. Holds no attribute's value.</summary>
internal sealed class UnusableInitSyncException(string message) : Exception(message);
