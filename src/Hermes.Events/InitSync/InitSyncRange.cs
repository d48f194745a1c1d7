using Hermes.Abstractions.Buses;

namespace Hermes.Events.InitSync;

/// <summary>Where a complete initsync sequence stands on the bus.</summary>
/// <param name="Start">The offset of its <see cref="InitStartEvent"/>.</param>
/// <param name="Stop">The offset of its <see cref="InitStopEvent"/>.</param>
public readonly record struct InitSyncRange(BusOffset Start, BusOffset Stop);
