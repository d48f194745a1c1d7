using System.Collections.Immutable;
using System.Text.Json;
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

    public ImmutableDictionary<string, TypeProgress> Types { get; init; } = ImmutableDictionary<string, TypeProgress>.Empty;

    public static ServerProgress Parse(string json) => json.Length == 0 ? None : JsonSerializer.Deserialize(json, StateJson.Default.ServerProgress) ?? None;

    public string ToJson() => JsonSerializer.Serialize(this, StateJson.Default.ServerProgress);
}

/// <summary>When a type last changed.</summary>
internal sealed record TypeProgress(ChangeCount? LastAdded, ChangeCount? LastModified, ChangeCount? LastRemoved);
