using System.Text;
using System.Text.Encodings.Web;
using System.Text.Json;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Targets;

namespace Hermes.Http.Webhook;

/// <summary>What a receiver is told of a change, the same at every attempt.</summary>
/// <param name="Body">The body.</param>
/// <param name="MediaType">What the body is.</param>
/// <param name="Headers">The headers that belong to it.</param>
internal sealed record WebhookMessage(string Body, string MediaType, IReadOnlyList<KeyValuePair<string, string>> Headers)
{
    private const string Json = "application/json";
    private const string CloudEvent = "application/cloudevents+json";
    private static readonly JsonWriterOptions Compact = new() { Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping };

    /// <param name="change">The change.</param>
    /// <param name="told">Which attributes are told.</param>
    /// <param name="id">What the change is called.</param>
    /// <param name="options">The settings of the target.</param>
    /// <returns>Null if nothing that is told has changed.</returns>
    public static WebhookMessage? TryMake(TargetChange change, ToldAttributes told, string id, WebhookTargetOptions options)
    {
        if (change is EntryModified { Changes: var changes } && !changes.Added.Keys.Concat(changes.Modified.Keys).Concat(changes.Removed).Any(told.Contains))
            return null;
        var type = $"{change.Type}.{NameOf(change.Kind)}";
        return options.Format switch
        {
            WebhookFormat.CloudEvents => new(Write(writer => WriteEvent(writer, change, told, type, id, options.Source)), CloudEvent, []),
            WebhookFormat.CloudEventsBinary => new(
                Write(writer => WriteData(writer, change, told)),
                Json,
                [new("ce-specversion", "1.0"), new("ce-id", id), new("ce-source", options.Source), new("ce-type", HeaderText(type))]),
            _ => new(Write(writer => WriteStandard(writer, change, told, type)), Json, []),
        };
    }

    private static string NameOf(TargetChangeKind kind) => kind switch
    {
        TargetChangeKind.Added => "added",
        TargetChangeKind.Recycled => "recycled",
        TargetChangeKind.Modified => "modified",
        TargetChangeKind.Trashed => "trashed",
        TargetChangeKind.Removed => "removed",
        _ => throw new NotSupportedException($"The change {kind} is unknown."),
    };

    private static void WriteStandard(Utf8JsonWriter writer, TargetChange change, ToldAttributes told, string type)
    {
        writer.WriteStartObject();
        writer.WriteString("type", type);
        writer.WritePropertyName("data");
        WriteData(writer, change, told);
        writer.WriteEndObject();
    }

    private static void WriteEvent(Utf8JsonWriter writer, TargetChange change, ToldAttributes told, string type, string id, string source)
    {
        writer.WriteStartObject();
        writer.WriteString("specversion", "1.0");
        writer.WriteString("id", id);
        writer.WriteString("source", source);
        writer.WriteString("type", type);
        writer.WriteString("datacontenttype", Json);
        writer.WritePropertyName("data");
        WriteData(writer, change, told);
        writer.WriteEndObject();
    }

    private static void WriteData(Utf8JsonWriter writer, TargetChange change, ToldAttributes told)
    {
        writer.WriteStartObject();
        writer.WritePropertyName("key");
        PlainJson.Write(writer, change.Key.ToValue());
        writer.WritePropertyName("entry");
        PlainJson.WriteMap(writer, told.Of(EntryOf(change)));
        if (change is EntryModified { Changes: var changes })
        {
            WriteNames(writer, "changed", changes.Added.Keys.Concat(changes.Modified.Keys).Where(told.Contains));
            WriteNames(writer, "removed", changes.Removed.Where(told.Contains));
        }

        writer.WriteEndObject();
    }

    private static Entry EntryOf(TargetChange change) => change switch
    {
        EntryAdded added => added.Entry,
        EntryModified modified => modified.Entry,
        EntryTrashed trashed => trashed.Entry,
        EntryRecycled recycled => recycled.Entry,
        EntryRemoved removed => removed.Previous,
        _ => throw new NotSupportedException($"The change {change.Kind} is unknown."),
    };

    private static void WriteNames(Utf8JsonWriter writer, string member, IEnumerable<string> names)
    {
        writer.WriteStartArray(member);
        foreach (var name in names.Order(StringComparer.Ordinal))
            writer.WriteStringValue(name);
        writer.WriteEndArray();
    }

    private static string Write(Action<Utf8JsonWriter> write)
    {
        using var buffer = new MemoryStream();
        using (var writer = new Utf8JsonWriter(buffer, Compact))
            write(writer);
        return Encoding.UTF8.GetString(buffer.GetBuffer(), 0, (int)buffer.Length);
    }

    // As the HTTP binding of CloudEvents has it for what is no printable ASCII.
    private static string HeaderText(string text) => text.All(letter => letter is > ' ' and <= '~' and not '"' and not '%') ? text : Uri.EscapeDataString(text);
}
