namespace Hermes.Diff.Model.Options;

/// <summary>Where a foreign key points.</summary>
public sealed class ForeignKeyOptions
{
    /// <summary>The parent type.</summary>
    public string Type { get; set; } = "";

    /// <summary>The attribute of the parent; it is the parent's whole key.</summary>
    public string Attribute { get; set; } = "";
}
