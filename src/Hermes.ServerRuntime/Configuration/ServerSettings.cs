using System.Collections.Frozen;
using Hermes.Diff.Model;
using Hermes.Runtime.Guard;

namespace Hermes.ServerRuntime.Configuration;

/// <summary>The settings of a server, checked and copied.</summary>
internal sealed record ServerSettings(
    string Name,
    ServerModel Model,
    TimeSpan PollInterval,
    bool InitSyncAtFirstPoll,
    GuardRule? RemovalGuard,
    RetrySettings Retry,
    int MaxLoggedValueLength)
{
    /// <summary>The key that signs messages; null if none does.</summary>
    public byte[]? SigningKey { get; init; }

    /// <summary>When attributes that vanish wait; null if none does.</summary>
    public GuardRule? AttributeGuard { get; init; }

    /// <summary>The types, and the attributes as <c>Type.attribute</c>, whose vanishing is nobody's concern.</summary>
    public IReadOnlySet<string> Unguarded { get; init; } = FrozenSet<string>.Empty;
}

/// <summary>When to try again.</summary>
internal sealed record RetrySettings(TimeSpan FirstDelay, TimeSpan MaxDelay);
