namespace Hermes.Abstractions.Notifications;

/// <summary>What a notification is about.</summary>
/// <param name="Name">A stable name, such as <c>source-failure</c>.</param>
/// <param name="Title">A title for people, such as <c>Data sources that fail</c>.</param>
public sealed record NotificationTopic(string Name, string Title)
{
    /// <summary>Server: keys that stand twice in a source, and attributes on which sources disagree.</summary>
    public static NotificationTopic DataErrors { get; } = new("data-errors", "Data errors in the sources");

    /// <summary>The data schema or the data model changed.</summary>
    public static NotificationTopic SchemaChange { get; } = new("schema-change", "Schema changed");

    /// <summary>Removals that wait for approval.</summary>
    public static NotificationTopic HeldRemovals { get; } = new("held-removals", "Removals await approval");

    /// <summary>Server: it is not known what clients know, so they get everything again.</summary>
    public static NotificationTopic Resync { get; } = new("resync", "Clients get everything again");

    /// <summary>A source, a bus, a template or the work itself fails.</summary>
    public static NotificationTopic Failure { get; } = new("failure", "Work is failing");

    /// <summary>Client: events wait in the error queue.</summary>
    public static NotificationTopic ErrorQueue { get; } = new("error-queue", "Events in the error queue");

    /// <summary>Client: the data model names types or attributes that the server does not send.</summary>
    public static NotificationTopic DataModelWarnings { get; } = new("data-model-warnings", "Data model warnings");

    /// <summary>Client: it has missed messages, and applies nothing more until the next complete initsync.</summary>
    public static NotificationTopic Behind { get; } = new("behind", "Messages are missing");

    /// <summary>Client: others write to the bus beside the server that it follows.</summary>
    public static NotificationTopic OtherProducers { get; } = new("other-producers", "A second server writes to the bus");

    /// <summary>Client: the target holds something else than it was given.</summary>
    public static NotificationTopic Drift { get; } = new("drift", "The target is not as it was left");

    /// <summary>Client: its target keeps the objects of a type elsewhere than at the last start.</summary>
    public static NotificationTopic TargetPlaces { get; } = new("target-places", "The target keeps objects elsewhere");

    /// <summary>Client: messages that could not be used were set aside.</summary>
    public static NotificationTopic DeadLetters { get; } = new("dead-letters", "Messages set aside");
}
