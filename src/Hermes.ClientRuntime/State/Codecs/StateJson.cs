using System.Collections.Immutable;
using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.State.Codecs;

/// <summary>What the state of a client holds as JSON. A type that is not named here cannot be written: programs may be trimmed.</summary>
[JsonSerializable(typeof(ImmutableSortedDictionary<string, TypeSnapshot>))]
[JsonSerializable(typeof(Dictionary<string, TypeSnapshot>))]
[JsonSerializable(typeof(ImmutableDictionary<string, ImmutableArray<string>>))]
[JsonSerializable(typeof(Dictionary<string, ImmutableArray<string>>))]
[JsonSerializable(typeof(IEnumerable<string>))]
[JsonSerializable(typeof(string[]))]
internal sealed partial class StateJson : JsonSerializerContext;
