using Hermes.Abstractions;
using Hermes.Abstractions.Targets;

namespace Hermes.Crash.Host.Client;

/// <summary>Lets some calls of the target fail, half of them in a way that is tried again at once.</summary>
/// <param name="random">Decides; seeded by the driver.</param>
/// <param name="percent">Of a hundred visits, how many fail.</param>
internal sealed class TargetFaults(Random random, int percent)
{
    private readonly Lock _gate = new();

    /// <param name="secret">What a careless target might put into its message; it must get into no state and no log.</param>
    /// <param name="beforeFailure">Called if the visit fails.</param>
    public void Visit(string? secret, Action beforeFailure)
    {
        int dice;
        lock (_gate)
            dice = random.Next(200);
        if (dice >= 2 * percent)
            return;
        beforeFailure();
        throw new TargetException($"The rig lets this call fail ({secret}).", dice % 2 == 0 ? FaultKind.Transient : FaultKind.Permanent);
    }
}
