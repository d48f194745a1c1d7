using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;

namespace Hermes.ServerRuntime.Guard;

/// <summary>What becomes of attributes that entries would lose in a poll. What it does not name goes out.</summary>
internal sealed class AttributeVerdict
{
    private readonly HashSet<(DataType Type, int Attribute)> _held = [];
    private readonly Dictionary<(DataType Type, int Attribute), HashSet<Hash128>> _rejected = [];

    public static AttributeVerdict None { get; } = new();

    /// <summary>What waits for a decision.</summary>
    public List<HeldSet> Held { get; } = [];

    /// <summary>What was rejected before.</summary>
    public List<HeldSet> Rejected { get; } = [];

    /// <summary>How many values stay that the sources do not return.</summary>
    public int Count => Held.Concat(Rejected).Sum(set => set.Keys.Count);

    /// <summary>Whether what is cached of an attribute stands in for what an entry lost.</summary>
    public bool Stays(DataType type, int attribute, Hash128 key) =>
        _held.Contains((type, attribute)) || (_rejected.TryGetValue((type, attribute), out var keys) && keys.Contains(key));

    public void Hold(LostAttribute lost, HeldSet set)
    {
        _held.Add((lost.Type, lost.Attribute));
        Held.Add(set);
    }

    public void Reject(LostAttribute lost, HeldSet set)
    {
        _rejected.Add((lost.Type, lost.Attribute), [.. set.Keys]);
        Rejected.Add(set);
    }
}
