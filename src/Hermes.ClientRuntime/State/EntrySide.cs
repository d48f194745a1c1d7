using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.State;

/// <summary>Whose data type it is.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntrySide>))]
public enum EntrySide
{
    /// <summary>The server's: entries as events brought them.</summary>
    Remote,

    /// <summary>The client's: entries as the mapping makes them.</summary>
    Local,

    /// <summary>The server's, as an initsync has them that is taken as the whole truth: gathered beside what is known until it is complete. Empty otherwise.</summary>
    Gathered,

    /// <summary>The server's: entries that an initsync, taken as the whole truth, did not have, and whose removal waits for a decision, or was decided against.</summary>
    Held,

    /// <summary>The client's: entries without a known object, by what would tell theirs, while the target is compared with them. Empty otherwise.</summary>
    Candidate,

    /// <summary>The client's: the rows of the latest comparison with the target.</summary>
    Report,
}
