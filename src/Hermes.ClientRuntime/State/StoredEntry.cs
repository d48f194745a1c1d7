using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>What the state keeps of one entry.</summary>
/// <param name="Key">Its key.</param>
/// <param name="Applied">The entry as the target has it, as far as events have succeeded; null if the target does not have it.</param>
/// <param name="Expected">The entry as it would be without errors; null if it would be gone.</param>
public readonly record struct StoredEntry(EntryKey Key, EntryView? Applied, EntryView? Expected)
{
    /// <summary>An entry in which both views agree.</summary>
    public static StoredEntry Settled(EntryKey key, EntryView? view) => new(key, view, view);

    /// <summary>Whether neither view has it, so that nothing need be kept.</summary>
    public bool IsGone => Applied is null && Expected is null;
}
