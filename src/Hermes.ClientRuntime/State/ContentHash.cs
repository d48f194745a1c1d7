using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>A number that tells what an event does from what another does, the same in every process (FNV-1a).</summary>
internal static class ContentHash
{
    private const ulong Prime = 1099511628211;

    public static long Of(LocalEvent @event)
    {
        var hash = (14695981039346656037 ^ (ulong)@event.Kind) * Prime;
        if (@event.Local is { } local)
        {
            hash = (hash ^ (local.IsTrashed ? 2UL : 1UL)) * Prime;
            foreach (var (name, value) in local.Entry)
                hash = Of((Of(hash, name) ^ (ulong)value.Kind) * Prime, value);
        }

        return (long)hash;
    }

    private static ulong Of(ulong hash, Value value) => value.Kind switch
    {
        ValueKind.String => Of(hash, value.AsString()),
        ValueKind.Integer => (hash ^ (ulong)value.AsInteger()) * Prime,
        ValueKind.Boolean => (hash ^ (value.AsBoolean() ? 1UL : 2UL)) * Prime,
        _ => Of(hash, value.ToString()),
    };

    private static ulong Of(ulong hash, string text)
    {
        foreach (var character in text)
            hash = (hash ^ character) * Prime;
        return (hash ^ 0x10000) * Prime;
    }
}
