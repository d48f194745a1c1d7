namespace Hermes.Crash.Host.Client;

/// <summary>What a line of the journal says.</summary>
internal enum JournalAct
{
    /// <summary>A client starts; the type names its data model.</summary>
    Start,

    /// <summary>The client's state was put back to an older copy, or lost.</summary>
    PutBack,

    /// <summary>The power was cut.</summary>
    Cut,

    /// <summary>A handler was called.</summary>
    Call,

    /// <summary>A step did its work.</summary>
    Step,

    /// <summary>The handler succeeded.</summary>
    Done,

    /// <summary>The handler is about to throw.</summary>
    Fail,
}

/// <summary>A line of the journal that the target keeps.</summary>
/// <param name="Act">What happened.</param>
/// <param name="Process">The process that wrote it.</param>
/// <param name="Kind">The kind of change.</param>
/// <param name="Type">The local type; the data model for a start.</param>
/// <param name="Key">The key of the entry, as JSON.</param>
/// <param name="Content">The entry after the change without its secret, as JSON; null for a removal.</param>
/// <param name="Previous">The entry before the change, as JSON; null where a change does not tell it.</param>
/// <param name="Secret">The secret attribute, if the change carries it.</param>
/// <param name="IsRedelivery">Whether the call was marked as one that may have been made before.</param>
/// <param name="Attempt">Which attempt it is.</param>
/// <param name="Step">The name of the step; empty for other lines.</param>
/// <param name="Time">When it was written.</param>
internal sealed record JournalLine(
    JournalAct Act,
    int Process,
    string Kind,
    string Type,
    string Key,
    string? Content,
    string? Previous,
    string? Secret,
    bool IsRedelivery,
    int Attempt,
    string Step,
    DateTimeOffset Time = default)
{
    /// <summary>The type of a line that says that nothing is left of the client's state.</summary>
    public const string Lost = "lost";
}
