using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Diff.Templates;

/// <summary>Turns what a template yields into a value that may leave the templates.</summary>
internal static class PlainValue
{
    /// <summary>Objects become lists and maps, what is undefined becomes null.</summary>
    public static Value Of(Value value) => value.Kind switch
    {
        ValueKind.Undefined => Value.Null,
        ValueKind.Object => Of(value.AsObject()),
        ValueKind.List => ValueList.Create(value.AsList().Select(Of)),
        ValueKind.Map => ValueMap.Create(value.AsMap().Select(pair => KeyValuePair.Create(pair.Key, Of(pair.Value)))),
        _ => value,
    };

    private static Value Of(TemplateObject value) => value switch
    {
        EntryObject entry => entry.ToMap(),
        { Items: { } items } => ValueList.Create(items.Select(Of)),
        _ => Value.Null,
    };
}
