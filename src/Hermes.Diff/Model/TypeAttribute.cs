namespace Hermes.Diff.Model;

/// <summary>An attribute of a data type.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Role">Where its values go.</param>
/// <param name="IsSensitive">Whether it was declared secret: such a value is shown nowhere, even if the attribute is local.</param>
internal sealed record TypeAttribute(string Name, AttributeRole Role, bool IsSensitive);
