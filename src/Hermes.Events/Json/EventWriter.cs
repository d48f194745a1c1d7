using System.Globalization;
using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Events.Json;

/// <summary>Writes events in the members and the order of the wire format.</summary>
internal static class EventWriter
{
    public static void Write(Utf8JsonWriter writer, HermesEvent @event, EventStamp? stamp)
    {
        writer.WriteStartObject();
        writer.WriteString(WireNames.Category, WireNames.Of(@event.Category));
        writer.WriteString(WireNames.EventType, EventJson.TypeName(@event));
        switch (@event)
        {
            case EntryEvent entry:
                writer.WriteString(WireNames.ObjectType, entry.Type);
                writer.WritePropertyName(WireNames.ObjectKey);
                ValueWriter.Write(writer, entry.Key.ToValue());
                break;
            default:
                writer.WriteNull(WireNames.ObjectType);
                writer.WriteNull(WireNames.ObjectKey);
                break;
        }

        writer.WritePropertyName(WireNames.Attributes);
        WriteAttributes(writer, @event);
        writer.WriteNumber(WireNames.Step, 0);
        writer.WriteBoolean(WireNames.PartiallyProcessed, false);
        if (@event is InitStartEvent { IsResync: true })
            writer.WriteBoolean(WireNames.Resync, true);
        if (@event is InitStartEvent { Predecessor: { } predecessor })
            writer.WriteString(WireNames.Predecessor, predecessor);
        if (stamp is not null)
            WriteStamp(writer, stamp);
        writer.WriteEndObject();
    }

    private static void WriteStamp(Utf8JsonWriter writer, EventStamp stamp)
    {
        writer.WriteString(WireNames.EventId, stamp.Id);
        writer.WriteString(WireNames.ProducerId, stamp.ProducerId);
        writer.WriteNumber(WireNames.Sequence, stamp.Sequence);
        writer.WriteString(WireNames.Time, stamp.Time.UtcDateTime.ToString("O", CultureInfo.InvariantCulture));
    }

    private static void WriteAttributes(Utf8JsonWriter writer, HermesEvent @event)
    {
        switch (@event)
        {
            case AddedEvent added: ValueWriter.WriteAttributes(writer, added.Attributes); break;
            case ModifiedEvent modified: WriteChanges(writer, modified.Changes); break;
            case RemovedEvent or InitStopEvent: WriteNothing(writer); break;
            case DataSchemaEvent schema: SchemaJson.Write(writer, schema.Schema); break;
            case InitStartEvent start: SchemaJson.Write(writer, start.Schema); break;
            default: throw new ArgumentOutOfRangeException(nameof(@event));
        }
    }

    private static void WriteChanges(Utf8JsonWriter writer, AttributeChanges changes)
    {
        writer.WriteStartObject();
        writer.WritePropertyName(WireNames.Added);
        ValueWriter.WriteAttributes(writer, changes.Added);
        writer.WritePropertyName(WireNames.Modified);
        ValueWriter.WriteAttributes(writer, changes.Modified);
        writer.WriteStartObject(WireNames.Removed);
        foreach (var name in changes.Removed)
            writer.WriteNull(name);
        writer.WriteEndObject();
        writer.WriteEndObject();
    }

    private static void WriteNothing(Utf8JsonWriter writer)
    {
        writer.WriteStartObject();
        writer.WriteEndObject();
    }
}
