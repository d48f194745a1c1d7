using Hermes.Diff.Diffing;
using Hermes.Runtime.Guard;

namespace Hermes.ServerRuntime.Guard;

/// <summary>Removals of a type that wait.</summary>
/// <param name="Type">The type.</param>
/// <param name="Digest">What stands for the set.</param>
/// <param name="Keys">The hashes of the entries' keys.</param>
/// <param name="MustBeApproved">Whether they are too many themselves, or only wait with others.</param>
internal sealed record HeldSet(string Type, string Digest, IReadOnlyList<Hash128> Keys, bool MustBeApproved)
{
    public static string DigestOf(string type, IEnumerable<Hash128> keys) =>
        SetDigest.Of(keys.Select(key => Convert.ToHexString(key.ToArray())).Prepend(type));
}
