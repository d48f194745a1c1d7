namespace Hermes.ClientRuntime.Configuration;

/// <summary>A rule that tells which object of the target is that of an entry: an attribute of the one and a value of the other are the same text, whatever the case.</summary>
public sealed class CorrelationOptions
{
    /// <summary>The attribute of the object, as the target calls it: <c>employeeNumber</c>, or a column.</summary>
    public string Attribute { get; set; } = "";

    /// <summary>What of the entry is the same: the name of a local attribute, or a template over the local attributes.</summary>
    public string Value { get; set; } = "";
}
