using System.Collections.Immutable;
using Hermes.Diff.Model;
using Hermes.Events.Schema;

namespace Hermes.ServerRuntime.Schema;

/// <summary>The data schema that a data model tells the clients.</summary>
internal static class ModelSchema
{
    public static DataSchema Of(ServerModel model) => new(model.Types.Select(type => new TypeSchema(
        type.Name,
        type.SentAttributes,
        type.SecretAttributes,
        type.Key,
        type.ForeignKeys.ToImmutableSortedDictionary(item => item.Key, item => new ForeignKey(item.Value.Type, item.Value.Attribute), StringComparer.Ordinal))));
}
