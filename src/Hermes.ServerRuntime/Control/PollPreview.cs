using System.Collections.Immutable;
using System.Globalization;
using System.Text;
using Hermes.Abstractions.Data;

namespace Hermes.ServerRuntime.Control;

/// <summary>What a poll would send. Secret values are masked.</summary>
/// <param name="IsFirstPoll">Whether it would be the very first poll, which fills the cache and sends nothing.</param>
/// <param name="RemovalsWouldWait">Whether the removals would wait for approval.</param>
/// <param name="Types">What would be sent, per type in declaration order.</param>
public sealed record PollPreview(bool IsFirstPoll, bool RemovalsWouldWait, ImmutableArray<TypePreview> Types)
{
    /// <summary>The attributes that vanished from too many entries: their removal would wait for approval, so it is not among the changes.</summary>
    public ImmutableArray<HeldRemovals> AttributesThatWouldWait { get; init; } = [];

    /// <summary>The preview as text for people.</summary>
    public override string ToString()
    {
        var text = new StringBuilder();
        if (IsFirstPoll)
            text.AppendLine("This would be the first poll: it fills the cache and sends nothing.");
        foreach (var type in Types)
        {
            text.AppendLine(type.ToString());
            foreach (var change in type.Added.Concat(type.Modified).Concat(type.Removed))
                text.AppendLine("  " + change);
        }

        if (RemovalsWouldWait)
            text.AppendLine("The removals would wait for approval.");
        foreach (var attribute in AttributesThatWouldWait)
            text.AppendLine(CultureInfo.InvariantCulture, $"{attribute}; this would wait for approval.");
        return text.ToString();
    }
}

/// <summary>What a poll would send of a type.</summary>
/// <param name="Type">The type.</param>
/// <param name="AddedCount">How many entries would be added.</param>
/// <param name="Added">The first of them.</param>
/// <param name="ModifiedCount">How many entries would be modified.</param>
/// <param name="Modified">The first of them.</param>
/// <param name="RemovedCount">How many entries would be removed.</param>
/// <param name="Removed">The first of them.</param>
public sealed record TypePreview(
    string Type,
    int AddedCount,
    ImmutableArray<PreviewedChange> Added,
    int ModifiedCount,
    ImmutableArray<PreviewedChange> Modified,
    int RemovedCount,
    ImmutableArray<PreviewedChange> Removed)
{
    /// <inheritdoc/>
    public override string ToString() => $"{Type}: {AddedCount} added, {ModifiedCount} modified, {RemovedCount} removed";
}

/// <summary>What a poll would send of an entry.</summary>
/// <param name="Key">The key.</param>
/// <param name="Display">How the entry shows.</param>
/// <param name="Changes">
/// For an added entry its attributes, as added; for a modified one what changed; nothing for a removed one. Secret values are masked.
/// </param>
/// <param name="Text">The change as one line for people.</param>
public sealed record PreviewedChange(EntryKey Key, string Display, AttributeChanges Changes, string Text)
{
    /// <inheritdoc/>
    public override string ToString() => Text;
}
