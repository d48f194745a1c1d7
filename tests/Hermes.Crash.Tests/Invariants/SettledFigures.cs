namespace Hermes.Crash.Tests.Invariants;

/// <summary>How much was checked.</summary>
/// <param name="Events">Events on the bus.</param>
/// <param name="Calls">Calls of handlers.</param>
/// <param name="Redeliveries">How many of them carried the redelivery mark.</param>
/// <param name="Failures">How many of them failed.</param>
internal sealed record SettledFigures(int Events, int Calls, int Redeliveries, int Failures)
{
    public static SettledFigures operator +(SettledFigures one, SettledFigures other) => new(
        one.Events + other.Events, one.Calls + other.Calls, one.Redeliveries + other.Redeliveries, one.Failures + other.Failures);

    public override string ToString() => $"{Events} events, {Calls} handler calls, {Redeliveries} of them redeliveries, {Failures} failed";
}
