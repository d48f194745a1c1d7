using System.Text.Json;
using Hermes.Abstractions.Data;

namespace Hermes.Events.Json;

/// <summary>Reads events whose members may come in any order.</summary>
internal static class EventReader
{
    public static DecodedEvent Read(ref Utf8JsonReader reader)
    {
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            throw new EventFormatException("The message is not a JSON object.");

        string? category = null, eventType = null, type = null, producer = null, predecessor = null;
        long? sequence = null;
        DateTimeOffset time = default;
        var key = Value.Null;
        Utf8JsonReader attributes = default;
        var hasAttributes = false;
        var isResync = false;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = SharedName.Read(ref reader);
            reader.Read();
            switch (member)
            {
                case WireNames.Category: category = ReadName(ref reader, member); break;
                case WireNames.EventType: eventType = ReadName(ref reader, member); break;
                case WireNames.ObjectType: type = ReadName(ref reader, member); break;
                case WireNames.ObjectKey: key = ValueReader.Read(ref reader); break;
                case WireNames.Attributes:
                    attributes = reader;
                    hasAttributes = true;
                    reader.Skip();
                    break;
                case WireNames.ProducerId when reader.TokenType == JsonTokenType.String: producer = reader.GetString(); break;
                case WireNames.Sequence when reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number): sequence = number; break;
                case WireNames.Time when reader.TokenType == JsonTokenType.String && reader.TryGetDateTimeOffset(out var when): time = when; break;
                case WireNames.Resync: isResync = reader.TokenType == JsonTokenType.True; reader.Skip(); break;
                case WireNames.Predecessor when reader.TokenType == JsonTokenType.String: predecessor = reader.GetString(); break;
                default: reader.Skip(); break;
            }
        }

        if (reader.TokenType != JsonTokenType.EndObject || reader.Read())
            throw new EventFormatException("The message holds more than one JSON object.");
        if (!hasAttributes)
            throw Missing(WireNames.Attributes);

        var @event = Compose(category, eventType, type, key, ref attributes);
        if (@event is InitStartEvent start)
            @event = start with { IsResync = isResync, Predecessor = predecessor };
        var stamp = producer is { Length: > 0 } && sequence is > 0 ? new EventStamp(producer, sequence.Value, time) : null;
        return new DecodedEvent(@event, stamp);
    }

    private static HermesEvent Compose(string? category, string? eventType, string? type, Value key, ref Utf8JsonReader attributes) =>
        (category, eventType) switch
        {
            (WireNames.Base, WireNames.DataSchema) => new DataSchemaEvent(SchemaJson.Read(ref attributes)),
            (WireNames.InitSync, WireNames.InitStart) => new InitStartEvent(SchemaJson.Read(ref attributes)),
            (WireNames.InitSync, WireNames.InitStop) => new InitStopEvent(),
            (WireNames.Base, WireNames.Added) =>
                new AddedEvent(TypeOf(type), KeyOf(key), ValueReader.ReadEntry(ref attributes, WireNames.Attributes), EventCategory.Base),
            (WireNames.InitSync, WireNames.Added) =>
                new AddedEvent(TypeOf(type), KeyOf(key), ValueReader.ReadEntry(ref attributes, WireNames.Attributes), EventCategory.InitSync),
            (WireNames.Base, WireNames.Modified) => new ModifiedEvent(TypeOf(type), KeyOf(key), ReadChanges(ref attributes)),
            (WireNames.Base, WireNames.Removed) => new RemovedEvent(TypeOf(type), KeyOf(key)),
            (null, _) => throw Missing(WireNames.Category),
            (_, null) => throw Missing(WireNames.EventType),
            _ => throw new EventFormatException($"There is no event '{Shorten(eventType)}' in the category '{Shorten(category)}'."),
        };

    private static AttributeChanges ReadChanges(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new EventFormatException($"'{WireNames.Attributes}' of a modified event must be an object.");

        Entry added = Entry.Empty, modified = Entry.Empty;
        List<string> removed = [];
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = SharedName.Read(ref reader);
            reader.Read();
            switch (member)
            {
                case WireNames.Added: added = ValueReader.ReadEntry(ref reader, member); break;
                case WireNames.Modified: modified = ValueReader.ReadEntry(ref reader, member); break;
                case WireNames.Removed: removed = ReadRemoved(ref reader); break;
                default: reader.Skip(); break;
            }
        }

        return new AttributeChanges(added, modified, [.. removed.Order(StringComparer.Ordinal)]);
    }

    private static List<string> ReadRemoved(ref Utf8JsonReader reader)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
            throw new EventFormatException($"'{WireNames.Removed}' of a modified event must be an object.");

        var names = new List<string>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            names.Add(SharedName.Read(ref reader));
            reader.Read();
            reader.Skip();
        }

        return names;
    }

    private static string? ReadName(ref Utf8JsonReader reader, string member) => reader.TokenType switch
    {
        JsonTokenType.Null => null,
        JsonTokenType.String when reader.GetString() is { Length: > 0 } name => name,
        _ => throw new EventFormatException($"'{member}' must be a text that is not empty."),
    };

    private static string TypeOf(string? type) => type ?? throw Missing(WireNames.ObjectType);

    private static EntryKey KeyOf(Value value) => EntryKey.TryCreate(value, out var key)
        ? key
        : throw new EventFormatException($"'{WireNames.ObjectKey}' must be a scalar or a list of two or more scalars.");

    private static EventFormatException Missing(string member) => new($"'{member}' is missing.");

    private static string? Shorten(string? name) => name is { Length: > 40 } ? name[..40] + "..." : name;
}
