using System.IO.Hashing;
using Hermes.Abstractions.Buses;

namespace Hermes.ClientRuntime.Recovery;

/// <summary>
/// What was sent under the latest numbers of the producer that a client follows. A number that comes again is a repeat if it brings the same, and otherwise the sign of a
/// second server that works with a copy of the first one's state.
/// </summary>
internal sealed class LatestNumbers
{
    // A second server writes at the same time as the first.
    private const int Kept = 4096;

    private readonly (long Number, ulong Digest)[] _seen = new (long, ulong)[Kept];

    /// <summary>A number came for the first time.</summary>
    public void Saw(long number, BusMessage message) => _seen[Place(number)] = (number, DigestOf(message));

    /// <summary>Whether something else came under this number before, as far as is remembered.</summary>
    public bool HasAnother(long number, BusMessage message) => _seen[Place(number)] is var (known, digest) && known == number && digest != DigestOf(message);

    private static int Place(long number) => (int)((ulong)number % Kept);

    private static ulong DigestOf(BusMessage message) => XxHash3.HashToUInt64(message.Body.Span);
}
