using System.Text.Json.Serialization;

namespace Hermes.Runtime.Control;

/// <summary>What a server or a client is doing.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<RunState>))]
public enum RunState
{
    /// <summary>It was not started yet.</summary>
    NotStarted,

    /// <summary>It opens its state and works out changes of its data model.</summary>
    Starting,

    /// <summary>Its state is held by another process; it goes on as soon as that one lets go.</summary>
    WaitingForState,

    /// <summary>A client that is new, while no complete initsync is on the bus.</summary>
    WaitingForInitSync,

    /// <summary>A client that has missed messages: it applies nothing more until the next complete initsync, which it takes by itself.</summary>
    Behind,

    /// <summary>A client that takes a complete initsync as the whole truth.</summary>
    Reinitialising,

    /// <summary>A server polls, stores or sends; a client applies events.</summary>
    Working,

    /// <summary>All is done: a server waits for the next poll, a client for events.</summary>
    Waiting,

    /// <summary>Something failed; it waits to try again by itself.</summary>
    Retrying,

    /// <summary>It was paused; it answers requests and does nothing else.</summary>
    Paused,

    /// <summary>It cannot go on until someone acts.</summary>
    Failed,

    /// <summary>It was stopped.</summary>
    Stopped,
}
