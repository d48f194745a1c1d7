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
                hash = Of(Of(hash, name), value.TryGetString(out var text) ? text : value.ToString());
        }

        return (long)hash;
    }

    private static ulong Of(ulong hash, string text)
    {
        foreach (var character in text)
            hash = (hash ^ character) * Prime;
        return (hash ^ 0x10000) * Prime;
    }
}
