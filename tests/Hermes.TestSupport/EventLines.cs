using Hermes.Abstractions.Data;
using Hermes.Events;
using Hermes.Events.Schema;

namespace Hermes.TestSupport;

/// <summary>Events as lines of text, which read well where a test expects many of them. Texts are quoted, so that types show.</summary>
public static class EventLines
{
    public static IReadOnlyList<string> Of(IEnumerable<HermesEvent> events) => [.. events.Select(Of)];

    public static string Of(HermesEvent @event) => @event switch
    {
        AddedEvent { Category: EventCategory.InitSync } added => $"init {added.Type} {Of(added.Key)}: {Of(added.Attributes)}",
        AddedEvent added => $"added {added.Type} {Of(added.Key)}: {Of(added.Attributes)}",
        ModifiedEvent modified => $"modified {modified.Type} {Of(modified.Key)}: {Of(modified.Changes)}",
        RemovedEvent removed => $"removed {removed.Type} {Of(removed.Key)}",
        DataSchemaEvent schema => $"dataschema {Of(schema.Schema)}",
        InitStartEvent start => $"init-start {Of(start.Schema)}",
        InitStopEvent => "init-stop",
        _ => throw new ArgumentOutOfRangeException(nameof(@event)),
    };

    private static string Of(EntryKey key) => key.IsTuple ? $"({string.Join(", ", key.ToValue().AsList().Select(Of))})" : Of(key.ToValue());

    private static string Of(Entry entry) => string.Join(" ", entry.Select(attribute => $"{attribute.Key}={Of(attribute.Value)}"));

    private static string Of(AttributeChanges changes) => string.Join(" ", changes.Added.Select(item => $"+{item.Key}={Of(item.Value)}")
        .Concat(changes.Modified.Select(item => $"{item.Key}={Of(item.Value)}"))
        .Concat(changes.Removed.Select(name => $"-{name}")));

    private static string Of(DataSchema schema) => string.Join("; ", schema.Types.Select(Of));

    private static string Of(TypeSchema type)
    {
        var attributes = type.Attributes.Select(name => name + (type.SecretAttributes.Contains(name) ? "!" : ""));
        var parents = type.ForeignKeys.Select(item => $" {item.Key}->{item.Value.ParentType}.{item.Value.ParentAttribute}");
        return $"{type.Name}[{string.Join(",", type.Key)}]({string.Join(",", attributes)}){string.Concat(parents)}";
    }

    private static string Of(Value value) => value.Kind switch
    {
        ValueKind.String => $"\"{value}\"",
        ValueKind.List => $"[{string.Join(", ", value.AsList().Select(Of))}]",
        _ => value.ToString(),
    };
}
