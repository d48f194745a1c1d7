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

    /// <summary>The link of its object on the target; null if it has none, as every remote entry.</summary>
    public string? Link { get; init; }

    /// <summary>Whether neither view has it, nor an object of it is known, so that nothing need be kept.</summary>
    public bool IsGone => Applied is null && Expected is null && Link is null;
}
