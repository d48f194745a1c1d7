using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>
/// An entry as one of the views has it: live, or in the trashbin. Where there is no entry, there is no view of it (null).
/// </summary>
/// <param name="Entry">Its attributes; never a secret one.</param>
/// <param name="TrashedSince">When it went to the trashbin; null if it is live.</param>
public sealed record EntryView(Entry Entry, DateTimeOffset? TrashedSince = null)
{
    /// <summary>Whether it lies in the trashbin.</summary>
    public bool IsTrashed => TrashedSince is not null;
}
