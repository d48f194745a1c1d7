using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>
/// An event of the client's own data model: what one local entry becomes. It holds the entry after the event, not the difference, so that
/// whatever is left out, merged or recomputed before it can never make it wrong: the difference is taken to what the target has when it
/// is applied.
/// </summary>
/// <param name="Type">The local type.</param>
/// <param name="Key">The key.</param>
/// <param name="Kind">What it does.</param>
/// <param name="RemoteType">The type of the server that it comes from.</param>
/// <param name="Remote">The remote entry after the event; null if it is gone.</param>
/// <param name="Local">The local entry after the event; null if it is gone, or not computed (<paramref name="Fault"/>).</param>
/// <param name="Secrets">The secret attributes that it carries.</param>
/// <param name="Fault">Why the local entry could not be computed (a template failed); null if it was.</param>
public sealed record LocalEvent(
    string Type,
    EntryKey Key,
    LocalEventKind Kind,
    string RemoteType,
    EntryView? Remote,
    EntryView? Local,
    EventSecrets Secrets,
    string? Fault = null)
{
    /// <summary>
    /// The attributes that were removed and then added again by events that were merged into this one, in ordinal order: their handler gets them as added, although
    /// the target still has an earlier value.
    /// </summary>
    public ImmutableArray<string> AddedAgain { get; init; } = [];

    /// <summary>
    /// Of an event whose local entry could not be computed, the remote entry before it: what did not change since is not computed anew. Null if there was none.
    /// </summary>
    public EntryView? RemoteBefore { get; init; }

    /// <summary>What it comes from. An event gets one when it is queued, if no message brought it.</summary>
    public EventOrigin Origin { get; init; }

    /// <summary>The entry it is about.</summary>
    public EntryId Id => new(Type, Key);

    /// <summary>The remote entry that it comes from.</summary>
    public EntryId RemoteId => new(RemoteType, Key);

    /// <summary>Type, key and kind; never an attribute.</summary>
    public override string ToString() => $"{Kind} {Type}[{Key}]";
}
