namespace Hermes.Events.Schema;

/// <summary>Where a foreign key of a type points.</summary>
/// <param name="ParentType">The type it points to.</param>
/// <param name="ParentAttribute">The attribute that is the parent type's whole key.</param>
public sealed record ForeignKey(string ParentType, string ParentAttribute);
