using System.Collections.Immutable;
using System.Text.Json;
using System.Text.Json.Serialization;
using Hermes.ServerRuntime.Control;

namespace Hermes.ServerRuntime.State;

/// <summary>The part of the status that outlives the process. Stored as JSON in the header of the state.</summary>
internal sealed record ServerProgress
{
    public static ServerProgress None { get; } = new();

    /// <summary>When the last poll was stored.</summary>
    public DateTimeOffset? LastUpdate { get; init; }

    /// <summary>Whether an initsync is to follow the first poll.</summary>
    public bool IsInitSyncDue { get; init; }

    /// <summary>Whether what was replaced must still be made unreadable, because attributes became secret.</summary>
    public bool IsEraseDue { get; init; }

    /// <summary>Whether the schema changed and no poll was stored since: the cache may have attributes that are no longer sent.</summary>
    public bool IsPollDue { get; init; }

    /// <summary>What told the bus from others when the server last looked, or null if it has not looked, or the bus cannot tell.</summary>
    public string? BusIncarnation { get; init; }

    /// <summary>The resync that is due or under way, or null.</summary>
    public ResyncProgress? Resync { get; init; }

    /// <summary>The producer that this one follows on, or null.</summary>
    public string? Predecessor { get; init; }

    /// <summary>Whether all cached entries must be sent anew before anything else is.</summary>
    [JsonIgnore]
    public bool IsResyncDue => Resync is { Through: null };

    public ImmutableDictionary<string, TypeProgress> Types { get; init; } = ImmutableDictionary<string, TypeProgress>.Empty;

    public static ServerProgress Parse(string json) => json.Length == 0 ? None : JsonSerializer.Deserialize(json, StateJson.Default.ServerProgress) ?? None;

    public string ToJson() => JsonSerializer.Serialize(this, StateJson.Default.ServerProgress);
}

/// <summary>Why clients must get everything again, and how far that is.</summary>
/// <param name="Reason">Why, in words.</param>
/// <param name="Predecessor">The producer that clients follow until then, or null if it is not known.</param>
/// <param name="Since">When it was found.</param>
/// <param name="Through">The number of the event that completes it, or null while it is not in the outbox.</param>
internal sealed record ResyncProgress(string Reason, string? Predecessor, DateTimeOffset Since, long? Through = null);

/// <summary>When a type last changed.</summary>
internal sealed record TypeProgress(ChangeCount? LastAdded, ChangeCount? LastModified, ChangeCount? LastRemoved);
