using System.Globalization;
using Hermes.Diff.Diffing;
using Hermes.Diff.Model;
using Hermes.Diff.Polling;
using Hermes.Runtime.Guard;

namespace Hermes.ServerRuntime.Guard;

/// <summary>Removals that wait: of entries of a type, or of an attribute from entries of a type.</summary>
/// <param name="Type">The type.</param>
/// <param name="Digest">What stands for the set.</param>
/// <param name="Keys">The hashes of the entries' keys.</param>
/// <param name="MustBeApproved">Whether they are too many themselves, or only wait with others.</param>
internal sealed record HeldSet(string Type, string Digest, IReadOnlyList<Hash128> Keys, bool MustBeApproved)
{
    /// <summary>The attribute that the entries would lose; null if the entries themselves would be removed.</summary>
    public string? Attribute { get; init; }

    /// <summary>How many entries have the attribute.</summary>
    public int Before { get; init; }

    /// <summary>What a decision calls it.</summary>
    public string Name => NameOf(Type, Attribute);

    public static HeldSet Of(IGrouping<DataType, RemovedEntry> removals, bool mustBeApproved)
    {
        List<Hash128> keys = [.. removals.Select(removal => removal.KeyHash)];
        return new HeldSet(removals.Key.Name, DigestOf(removals.Key.Name, keys), keys, mustBeApproved);
    }

    public static string NameOf(string type, string? attribute) => attribute is null ? type : $"{type}.{attribute}";

    /// <summary>The type in the name of a set: no dot is in the name of a type.</summary>
    public static string TypeOf(string name) => name.IndexOf('.', StringComparison.Ordinal) is >= 0 and var dot ? name[..dot] : name;

    public static string DigestOf(string type, IEnumerable<Hash128> keys) =>
        SetDigest.Of(keys.Select(key => Convert.ToHexString(key.ToArray())).Prepend(type));

    /// <summary>
    /// The digest of a set that may be as large as its type: the sum of the hashes stands for them in any order, since they are random to who does not know the state.
    /// </summary>
    public static string DigestOf(string type, string attribute, IReadOnlyCollection<Hash128> keys)
    {
        var sum = keys.Aggregate(UInt128.Zero, (sum, key) => unchecked(sum + new UInt128(key.First, key.Second)));
        return SetDigest.Of([$"{type}.{attribute}", $"{keys.Count}", sum.ToString(CultureInfo.InvariantCulture)]);
    }
}
