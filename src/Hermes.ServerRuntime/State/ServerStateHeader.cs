namespace Hermes.ServerRuntime.State;

/// <summary>What a state says about itself as a whole. Replaced by each commit.</summary>
/// <param name="ProducerId">The name under which this state's events are numbered; made once, when the state is new.</param>
/// <param name="HashKey">The 16 random bytes that key the hashes of the entries' keys; made once, when the state is new.</param>
/// <param name="Schema">The data schema of the cached entries, as JSON.</param>
/// <param name="IsFilled">Whether a poll was ever stored: the very first one is silent.</param>
/// <param name="Status">What the status told after the commit, as JSON.</param>
/// <param name="LastSequence">The number of the last event that was stored; 0 if there was none.</param>
public sealed record ServerStateHeader(string ProducerId, byte[] HashKey, string Schema, bool IsFilled, string Status, long LastSequence)
{
    /// <summary>The id of the producer; neither the key of the hashes nor the content of the status.</summary>
    public override string ToString() => ProducerId;
}
