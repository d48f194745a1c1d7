using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.ServerRuntime.Configuration;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Guard;

/// <summary>
/// Holds back attributes that vanish from too many entries to be believed, each by itself: what is cached stays, and stands in for what is gone. What is held is found again
/// by each poll; decisions are in the state.
/// </summary>
internal sealed class AttributeGuard(ServerSettings settings, ServerSession session)
{
    /// <summary>Lets a poll set the entries aside that lose what is not to vanish unasked.</summary>
    /// <returns>What it finds, by type; empty if nothing is looked at.</returns>
    public IReadOnlyList<LostAttributes> Watch(Poll poll) => settings.AttributeGuard is null
        ? []
        : [.. settings.Model.Types.Where(type => !settings.Unguarded.Contains(type.Name)).Select(type => poll[type].Changes.Comparison.Watch(AttributesOf(type)))];

    /// <summary>Says what becomes of attributes that entries would lose; changes nothing.</summary>
    public AttributeVerdict Judge(IEnumerable<LostAttribute> found)
    {
        var verdict = new AttributeVerdict();
        foreach (var lost in found)
        {
            var name = HeldSet.NameOf(lost.Type.Name, lost.Name);
            var rejected = session.Decisions.Rejected.GetValueOrDefault(name)?.Unpack() ?? [];
            var open = rejected.Count == 0 ? lost.Keys : [.. lost.Keys.Where(key => !rejected.Contains(key))];
            if (open.Count < lost.Keys.Count)
                verdict.Reject(lost, SetOf(lost, [.. lost.Keys.Where(rejected.Contains)], mustBeApproved: false));
            if (settings.AttributeGuard?.HoldsUnset(open.Count, lost.Before) != true)
                continue;
            var set = SetOf(lost, open, mustBeApproved: true);
            if (session.Decisions.Approved.GetValueOrDefault(name)?.Digest != set.Digest)
                verdict.Hold(lost, set);
        }

        return verdict;
    }

    private static HeldSet SetOf(LostAttribute lost, IReadOnlyList<Hash128> keys, bool mustBeApproved) =>
        new(lost.Type.Name, HeldSet.DigestOf(lost.Type.Name, lost.Name, keys), keys, mustBeApproved) { Attribute = lost.Name, Before = lost.Before };

    // An entry without its key is none.
    private List<int> AttributesOf(DataType type) =>
    [
        .. type.SentAttributes
            .Where(attribute => !type.Key.Contains(attribute) && !settings.Unguarded.Contains(HeldSet.NameOf(type.Name, attribute)))
            .Select(type.IndexOf),
    ];
}
