namespace Hermes.Crash.Tests.Invariants;

/// <summary>How much was checked.</summary>
/// <param name="Events">Events on the bus.</param>
/// <param name="Calls">Calls of handlers.</param>
/// <param name="Redeliveries">How many of them carried the redelivery mark.</param>
/// <param name="Failures">How many of them failed.</param>
/// <param name="WorstReplay">How many calls that had succeeded were made again after one kill, at the worst.</param>
internal sealed record SettledFigures(int Events, int Calls, int Redeliveries, int Failures, int WorstReplay)
{
    public static SettledFigures operator +(SettledFigures one, SettledFigures other) => new(
        one.Events + other.Events,
        one.Calls + other.Calls,
        one.Redeliveries + other.Redeliveries,
        one.Failures + other.Failures,
        Math.Max(one.WorstReplay, other.WorstReplay));

    public override string ToString() =>
        $"{Events} events, {Calls} handler calls, {Redeliveries} of them redeliveries, {Failures} failed; at most {WorstReplay} calls that had succeeded came again after one kill";
}
