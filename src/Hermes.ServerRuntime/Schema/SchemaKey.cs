using System.Collections.Immutable;
using Hermes.Abstractions.Data;

namespace Hermes.ServerRuntime.Schema;

/// <summary>Finds the key of an entry by the attributes of a schema, which need not be those of the data model.</summary>
internal static class SchemaKey
{
    public static bool TryGet(ImmutableArray<string> attributes, Entry entry, out EntryKey key) =>
        EntryKey.TryCreate(attributes.Length == 1 ? entry.Get(attributes[0]) : ValueList.Create(attributes.Select(entry.Get)), out key)
        && key.IsTuple == attributes.Length > 1;
}
