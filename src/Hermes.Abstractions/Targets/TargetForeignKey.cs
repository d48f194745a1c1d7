namespace Hermes.Abstractions.Targets;

/// <summary>Where a foreign key points.</summary>
/// <param name="Type">The parent type.</param>
/// <param name="Attribute">The attribute of the parent that is its key.</param>
public sealed record TargetForeignKey(string Type, string Attribute);
