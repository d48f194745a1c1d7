using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>What a comparison of the target with the client's entries can find.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingKind>))]
public enum FindingKind
{
    /// <summary>The object of an entry is not as the entry.</summary>
    Differs,

    /// <summary>An entry was given to the target, and its object is not there.</summary>
    Missing,

    /// <summary>An object that is no entry's is, by a rule, that of an entry which has none.</summary>
    ToLink,

    /// <summary>By a rule, several objects could be that of an entry, or an object that of several entries.</summary>
    Ambiguous,

    /// <summary>An entry was not given to the target yet, and nothing there could be its object.</summary>
    ToAdd,

    /// <summary>An object is no entry's.</summary>
    Unmanaged,
}
