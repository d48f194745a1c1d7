using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.State;

/// <summary>The secret attributes that an event carries. They are in no view: they live only as long as their event.</summary>
/// <param name="Remote">As the server sent them.</param>
/// <param name="Local">The local attributes computed from them.</param>
public sealed record EventSecrets(AttributeChanges Remote, AttributeChanges Local)
{
    /// <summary>No secret attribute.</summary>
    public static EventSecrets None { get; } = new(AttributeChanges.None, AttributeChanges.None);

    /// <summary>Whether the event carries none.</summary>
    public bool IsEmpty => Remote.IsEmpty && Local.IsEmpty;

    /// <summary>Never the values.</summary>
    public override string ToString() => IsEmpty ? "no secrets" : "secrets";
}
