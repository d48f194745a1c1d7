using System.Text.Json.Serialization;

namespace Hermes.ClientRuntime.Control;

/// <summary>Where an entry is, by its expected view: a state by which entries are listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryPresence>))]
public enum EntryPresence
{
    /// <summary>It is live.</summary>
    Live,

    /// <summary>It lies in the trashbin.</summary>
    Trashed,

    /// <summary>It would be gone without errors; the target has it still.</summary>
    Gone,
}

/// <summary>Whether the target has an entry as it should: a kind by which entries are listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryAgreement>))]
public enum EntryAgreement
{
    /// <summary>The target has what is expected.</summary>
    Settled,

    /// <summary>The target has something else: events wait in the error queue, or one was discarded.</summary>
    Differs,
}

/// <summary>Whether the object of an entry is known: a state by which links are listed.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<LinkState>))]
public enum LinkState
{
    /// <summary>It is.</summary>
    Linked,

    /// <summary>It is not, or there is none.</summary>
    Unlinked,
}
