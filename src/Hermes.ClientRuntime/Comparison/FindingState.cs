using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.Comparison;

/// <summary>What became of something that a comparison found.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<FindingState>))]
public enum FindingState
{
    /// <summary>Nothing was decided.</summary>
    Open,

    /// <summary>It was decided, and what follows from it is in the state.</summary>
    Decided,

    /// <summary>It was decided, but entry or object are not as they were: nothing was done. The next comparison shows what is there.</summary>
    Changed,
}
