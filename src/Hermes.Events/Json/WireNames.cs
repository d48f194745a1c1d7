namespace Hermes.Events.Json;

/// <summary>The names of the wire format, which the original program set.</summary>
internal static class WireNames
{
    public const string Category = "evcategory";
    public const string EventType = "eventtype";
    public const string ObjectType = "objtype";
    public const string ObjectKey = "objpkey";
    public const string Attributes = "objattrs";
    public const string Step = "step";
    public const string PartiallyProcessed = "isPartiallyProcessed";

    public const string Base = "base";
    public const string InitSync = "initsync";

    public const string DataSchema = "dataschema";
    public const string InitStart = "init-start";
    public const string InitStop = "init-stop";
    public const string Added = "added";
    public const string Modified = "modified";
    public const string Removed = "removed";

    public const string SchemaAttributes = "HERMES_ATTRIBUTES";
    public const string SchemaSecrets = "SECRETS_ATTRIBUTES";
    public const string SchemaKey = "PRIMARYKEY_ATTRIBUTE";
    public const string SchemaForeignKeys = "FOREIGN_KEYS";

    // Ours; the original program ignores them.
    public const string EventId = "eventid";
    public const string ProducerId = "producerid";
    public const string Sequence = "sequence";
    public const string Time = "time";
    public const string Resync = "resync";
    public const string Predecessor = "predecessor";

    /// <summary>The category as buses carry it beside the message.</summary>
    public static string Of(EventCategory category) => category == EventCategory.Base ? Base : InitSync;
}
