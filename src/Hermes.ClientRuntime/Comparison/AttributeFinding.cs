using Hermes.Abstractions.Data;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>An attribute that is another on the target than in the entry. Never a secret one.</summary>
/// <param name="Attribute">Its local name.</param>
/// <param name="Given">What the target was given, or would be given; null if it is not set.</param>
/// <param name="Held">What the target holds; null if it is not set.</param>
public sealed record AttributeFinding(string Attribute, Value Given, Value Held);
