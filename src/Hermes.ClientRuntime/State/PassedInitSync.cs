using Hermes.Events.InitSync;

namespace Hermes.ClientRuntime.State;

/// <summary>A complete initsync on the bus.</summary>
/// <param name="Range">Where it stands.</param>
/// <param name="Producer">Who sent it.</param>
public sealed record PassedInitSync(InitSyncRange Range, string Producer);
