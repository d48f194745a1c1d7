using Hermes.Abstractions.Configuration;
using Hermes.ClientRuntime.State;
using Hermes.Runtime.Configuration;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>What a data model and a schema have to say about each other.</summary>
internal static class ModelFindings
{
    /// <summary>Types and attributes that the model names and the server does not send (yet), one sentence each.</summary>
    public static IReadOnlyList<string> Warnings(BoundModel model)
    {
        var warnings = new List<string>(model.Findings);
        foreach (var type in model.Types)
        {
            if (type.Remote is not { } remote)
            {
                warnings.Add(
                    $"The data type '{type.Name}' is fed by '{type.Type.RemoteType}', which the server does not send. "
                    + $"It sends: {NearName.List(type.Type.RemoteType, [.. model.Schema.Types.Select(remote => remote.Name)])}.");
                continue;
            }

            warnings.AddRange(
                from mapping in type.Type.Mappings
                from variable in mapping.Variables
                where !remote.Attributes.Contains(variable)
                select $"The attribute '{mapping.Local}' of '{type.Name}' reads '{variable}', which the server does not send for '{remote.Name}'. "
                    + $"It sends: {NearName.List(variable, remote.Attributes)}.");
            warnings.AddRange(
                from mapping in type.Secret
                where type.Type.References.ContainsKey(mapping.Local)
                select $"The attribute '{mapping.Local}' of '{type.Name}' is a reference and reads a secret attribute, of which nothing is kept: it is told as it is.");
            warnings.AddRange(
                from foreignKey in remote.ForeignKeys
                where model.FedBy(foreignKey.Value.ParentType).IsEmpty
                select $"Entries of '{type.Name}' refer to '{foreignKey.Value.ParentType}', which no data type of this client is fed by.");
        }

        return warnings;
    }

    /// <summary>
    /// Attributes that the server does not send, read by mappings that are new or changed: at their first contact with the schema they are mistakes, unless said
    /// otherwise. Those that were worked with before have left the schema since, and are warnings.
    /// </summary>
    /// <param name="model">The model.</param>
    /// <param name="bound">The same, bound to the schema.</param>
    /// <param name="before">The model that was worked with before; empty if none was.</param>
    public static IReadOnlyList<ConfigurationError> UnknownAttributes(ClientModel model, BoundModel bound, ModelSnapshot before) =>
    [
        .. from type in bound.Types
           let remote = type.Remote
           where remote is not null && !type.Type.MayComeLater
           let known = before.Types.GetValueOrDefault(type.Name)
           from mapping in type.Type.Mappings
           where known?.RemoteType != type.Type.RemoteType || known.Mapping.GetValueOrDefault(mapping.Local) != mapping.Text
           from variable in mapping.Variables
           where !remote.Attributes.Contains(variable)
           select new ConfigurationError(
               $"{model.Path}:DataTypes:{type.Name}:Mapping:{mapping.Local}",
               $"It reads '{variable}', which the server does not send for '{remote.Name}'. It sends: {NearName.List(variable, remote.Attributes)}.",
               "Correct the name. If the server is to send it later, set MayComeLater. The target keeps what it has."),
    ];

    /// <summary>Foreign keys whose parent the client does not map.</summary>
    public static IReadOnlyList<ConfigurationError> MissingParents(ClientModel model, BoundModel bound) =>
    [
        .. from type in bound.Types
           let remote = type.Remote
           where remote is not null
           from foreignKey in remote.ForeignKeys
           where bound.FedBy(foreignKey.Value.ParentType).IsEmpty
           select new ConfigurationError(
               $"{model.Path}:DataTypes:{type.Name}",
               $"Entries of '{remote.Name}' refer to '{foreignKey.Value.ParentType}' by '{foreignKey.Key}', and no data type of this client is fed by it.",
               $"Add a data type from '{foreignKey.Value.ParentType}'."),
    ];
}
