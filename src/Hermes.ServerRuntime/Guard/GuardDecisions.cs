using System.Collections.Immutable;
using System.Text.Json;
using Hermes.Diff.Diffing;
using Hermes.ServerRuntime.State;

namespace Hermes.ServerRuntime.Guard;

/// <summary>What people decided about removals that waited, by the names of the sets: a type, or <c>Type.attribute</c>. A document of the state.</summary>
internal sealed record GuardDecisions
{
    /// <summary>The name of the document.</summary>
    public const string Document = "guard";

    public static GuardDecisions None { get; } = new();

    /// <summary>The sets that may go out, until they have.</summary>
    public ImmutableDictionary<string, ApprovedSet> Approved { get; init; } = ImmutableDictionary<string, ApprovedSet>.Empty;

    /// <summary>The entries that stay, or keep an attribute, for as long as their sources do not return it.</summary>
    public ImmutableDictionary<string, RejectedSet> Rejected { get; init; } = ImmutableDictionary<string, RejectedSet>.Empty;

    public static GuardDecisions Parse(byte[]? document) => document is null ? None : JsonSerializer.Deserialize(document, StateJson.Default.GuardDecisions) ?? None;

    public byte[] ToDocument() => JsonSerializer.SerializeToUtf8Bytes(this, StateJson.Default.GuardDecisions);

    /// <summary>What is left when a poll was stored as judged.</summary>
    /// <param name="verdict">What became of its removals.</param>
    /// <param name="isPolled">Whether a type took part in it.</param>
    public GuardDecisions After(GuardVerdict verdict, Func<string, bool> isPolled)
    {
        var held = verdict.AllHeld;
        var stillRejected = verdict.Rejected.Select(removal => (removal.Type.Name, removal.KeyHash))
            .Concat(verdict.Attributes.Rejected.SelectMany(set => set.Keys.Select(key => (set.Name, key))))
            .ToLookup(item => item.Item1, item => item.Item2);
        var approved = Approved.Where(item => !IsPolled(item.Key) || held.Any(set => set.Name == item.Key && set.Digest == item.Value.Digest));
        var rejected = Rejected
            .Select(item => !IsPolled(item.Key) || stillRejected[item.Key].Count() == item.Value.Count
                ? item
                : KeyValuePair.Create(item.Key, item.Value with { Keys = RejectedSet.Pack(stillRejected[item.Key]) }))
            .Where(item => item.Value.Count > 0);
        return new GuardDecisions { Approved = approved.ToImmutableDictionary(), Rejected = rejected.ToImmutableDictionary() };

        bool IsPolled(string name) => isPolled(HeldSet.TypeOf(name));
    }

    /// <summary>The decisions without those about a type.</summary>
    public GuardDecisions Without(string type) => new()
    {
        Approved = Approved.RemoveRange(Approved.Keys.Where(name => HeldSet.TypeOf(name) == type)),
        Rejected = Rejected.RemoveRange(Rejected.Keys.Where(name => HeldSet.TypeOf(name) == type)),
    };

    public bool IsSame(GuardDecisions other) => ToDocument().AsSpan().SequenceEqual(other.ToDocument());
}

/// <summary>A set of removals that was approved.</summary>
internal sealed record ApprovedSet(string Digest, string Actor, string Reason, DateTimeOffset Time);

/// <summary>The entries whose removal was rejected: their keys' hashes, one after the other.</summary>
internal sealed record RejectedSet(byte[] Keys, string Actor, string Reason, DateTimeOffset Time)
{
    [System.Text.Json.Serialization.JsonIgnore]
    public int Count => Keys.Length / Hash128.Size;

    public static byte[] Pack(IEnumerable<Hash128> keys) => [.. keys.SelectMany(key => key.ToArray())];

    public HashSet<Hash128> Unpack() => [.. Keys.Chunk(Hash128.Size).Select(bytes => Hash128.Read(bytes))];
}
