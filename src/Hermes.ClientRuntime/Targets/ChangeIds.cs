using System.Security.Cryptography;
using System.Text;
using Hermes.Abstractions.Targets;
using Hermes.ClientRuntime.State;

namespace Hermes.ClientRuntime.Targets;

/// <summary>What a call of the target is called for good. Pure.</summary>
internal static class ChangeIds
{
    private const int Length = 16;

    /// <summary>The same for every attempt of a call, and of no other call of any client.</summary>
    /// <param name="client">The client, since others may tell the same receiver of the same event.</param>
    /// <param name="event">The event. Its key is not part of it: a new schema may change that between two attempts.</param>
    /// <param name="kind">Which of the calls that bring it about.</param>
    public static string Of(string client, LocalEvent @event, TargetChangeKind kind)
    {
        var (producer, number) = @event.Origin;
        var text = $"{client.Length}:{client}{producer?.Length}:{producer}{number}:{@event.Type.Length}:{@event.Type}{kind}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text)).AsSpan(0, Length));
    }
}
