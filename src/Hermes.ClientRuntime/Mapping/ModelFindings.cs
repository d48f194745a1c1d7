using Hermes.Abstractions.Configuration;

namespace Hermes.ClientRuntime.Mapping;

/// <summary>What a data model and a schema have to say about each other.</summary>
internal static class ModelFindings
{
    /// <summary>Types and attributes that the model names and the server does not send (yet), one sentence each.</summary>
    public static IReadOnlyList<string> Warnings(BoundModel model)
    {
        var warnings = new List<string>();
        foreach (var type in model.Types)
        {
            if (type.Remote is not { } remote)
            {
                warnings.Add($"The data type '{type.Name}' is fed by '{type.Type.RemoteType}', which the server does not send.");
                continue;
            }

            warnings.AddRange(
                from mapping in type.Type.Mappings
                from variable in mapping.Variables
                where !remote.Attributes.Contains(variable)
                select $"The attribute '{mapping.Local}' of '{type.Name}' reads '{variable}', which the server does not send for '{remote.Name}'.");
            warnings.AddRange(
                from foreignKey in remote.ForeignKeys
                where model.FedBy(foreignKey.Value.ParentType).IsEmpty
                select $"Entries of '{type.Name}' refer to '{foreignKey.Value.ParentType}', which no data type of this client is fed by.");
        }

        return warnings;
    }

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
