using System.Collections.Immutable;
using System.Text.Json;
using Hermes.Abstractions.Targets;

namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>The seldom changing parts of a state as JSON.</summary>
internal static class SetupJson
{
    public static byte[] Write(ModelSnapshot model) => JsonSerializer.SerializeToUtf8Bytes(model.Types, StateJson.Default.ImmutableSortedDictionaryStringTypeSnapshot);

    public static ModelSnapshot ReadModel(ReadOnlySpan<byte> json) => new(
        JsonSerializer.Deserialize(json, StateJson.Default.DictionaryStringTypeSnapshot)!.ToImmutableSortedDictionary(
            type => type.Key,
            type => type.Value with
            {
                Mapping = type.Value.Mapping.ToImmutableSortedDictionary(StringComparer.Ordinal),

                // States of before have none.
                References = type.Value.References?.ToImmutableSortedDictionary(StringComparer.Ordinal) ?? ImmutableSortedDictionary<string, TargetReference>.Empty,
            },
            StringComparer.Ordinal));

    public static byte[] Write(ImmutableDictionary<string, ImmutableArray<string>> told) =>
        JsonSerializer.SerializeToUtf8Bytes(told, StateJson.Default.ImmutableDictionaryStringImmutableArrayString);

    public static ImmutableDictionary<string, ImmutableArray<string>> ReadTold(ReadOnlySpan<byte> json) =>
        JsonSerializer.Deserialize(json, StateJson.Default.DictionaryStringImmutableArrayString)!.ToImmutableDictionary(StringComparer.Ordinal);
}
