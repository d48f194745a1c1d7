namespace Hermes.Diff.Model;

/// <summary>Where a foreign key points.</summary>
/// <param name="Type">The parent type.</param>
/// <param name="Attribute">The attribute that is the parent type's whole key.</param>
internal sealed record ParentKey(string Type, string Attribute);
