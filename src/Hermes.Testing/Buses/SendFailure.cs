using Hermes.Abstractions;

namespace Hermes.Testing.Buses;

/// <summary>How an <see cref="InMemoryBus"/> fails a send.</summary>
/// <param name="Taken">How many of the first messages reach the log nevertheless.</param>
/// <param name="Confirmed">How many of the first messages the producer is told about; fewer than taken when a confirmation got lost.</param>
/// <param name="Fault">The kind of fault.</param>
public sealed record SendFailure(int Taken = 0, int Confirmed = 0, FaultKind Fault = FaultKind.Transient);
