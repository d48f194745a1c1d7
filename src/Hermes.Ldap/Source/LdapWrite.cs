using System.DirectoryServices.Protocols;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Sources;
using Hermes.Ldap.Syntax;

namespace Hermes.Ldap.Source;

/// <summary>Makes the request of a write-back from its variables: <c>dn</c>, and <c>attributes</c>, or <c>add</c>, <c>modify</c> and <c>delete</c>.</summary>
internal static class LdapWrite
{
    /// <summary>The request.</summary>
    /// <exception cref="FormatException">A variable is missing, unknown, or of the wrong kind; says which.</exception>
    public static DirectoryRequest Read(SourceOperation operation)
    {
        if (operation.Query.Trim().Length > 0)
            throw new FormatException("A write to LDAP has no query. Remove it, and say what to write in the variables.");
        var variables = new OperationVariables(operation.Variables);
        var dn = variables.BindName(variables.TakeRequiredText("dn"));
        DirectoryRequest request = operation.Kind switch
        {
            SourceOperationKind.Add => Add(dn, variables.TakeMap("attributes")),
            SourceOperationKind.Modify => Modify(dn, variables.TakeMap("add"), variables.TakeMap("modify"), variables.TakeMapOrNames("delete")),
            SourceOperationKind.Delete => new DeleteRequest(dn),
            _ => throw new FormatException($"The operation {operation.Kind} writes nothing."),
        };
        variables.RefuseUnused();
        return request;
    }

    private static AddRequest Add(string dn, ValueMap attributes)
    {
        var request = new AddRequest { DistinguishedName = dn };
        foreach (var (name, value) in attributes)
        {
            if (AttributeText.Values(name, value) is { Count: > 0 } values)
                request.Attributes.Add(AttributeParts.Attribute(name, values));
        }

        return request;
    }

    private static ModifyRequest Modify(string dn, ValueMap add, ValueMap modify, ValueMap delete)
    {
        var request = new ModifyRequest { DistinguishedName = dn };
        foreach (var (name, value) in add)
        {
            if (AttributeText.Values(name, value) is { Count: > 0 } values)
                request.Modifications.Add(AttributeParts.Modification(DirectoryAttributeOperation.Add, name, values));
        }

        foreach (var (name, value) in modify)
            request.Modifications.Add(AttributeParts.Modification(DirectoryAttributeOperation.Replace, name, AttributeText.Values(name, value)));
        foreach (var (name, value) in delete)
            request.Modifications.Add(AttributeParts.Modification(DirectoryAttributeOperation.Delete, name, AttributeText.Values(name, value)));
        if (request.Modifications.Count == 0)
            throw new FormatException("The modification changes nothing. Give at least one of the variables 'add', 'modify' and 'delete'.");
        return request;
    }
}
