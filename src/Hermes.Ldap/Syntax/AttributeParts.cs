using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;

namespace Hermes.Ldap.Syntax;

/// <summary>Attributes and their modifications, as requests hold them.</summary>
internal static class AttributeParts
{
    /// <summary>An attribute with values.</summary>
    public static DirectoryAttribute Attribute(string name, ValueList values)
    {
        var attribute = new DirectoryAttribute { Name = name };
        Fill(attribute, values);
        return attribute;
    }

    /// <summary>A modification of an attribute. Replacing by no values removes it if it is there.</summary>
    public static DirectoryAttributeModification Modification(DirectoryAttributeOperation operation, string name, ValueList values)
    {
        var modification = new DirectoryAttributeModification { Name = name, Operation = operation };
        Fill(modification, values);
        return modification;
    }

    private static void Fill(DirectoryAttribute attribute, ValueList values)
    {
        foreach (var value in values)
        {
            if (value.TryGetString(out var text))
                attribute.Add(text);
            else
                attribute.Add(value.AsBytes().ToArray());
        }
    }
}
