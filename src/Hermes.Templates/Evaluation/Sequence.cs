using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Templates.Text;

namespace Hermes.Templates.Evaluation;

/// <summary>
/// The items of what can be iterated: a list, the characters of a text, the keys of a dictionary, the items of an object.
/// </summary>
internal static class Sequence
{
    /// <exception cref="TemplateFault">The value cannot be iterated.</exception>
    public static ReadOnlySpan<Value> Of(ref Frame frame, Value value)
    {
        switch (value.Kind)
        {
            case ValueKind.List:
                frame.Step(value.AsList().Count);
                return value.AsList().AsSpan();
            case ValueKind.String:
                return CodePoints.Split(ref frame, value.AsString());
            case ValueKind.Map:
                frame.AllocateItems(value.AsMap().Count);
                return KeysOf(value.AsMap());
            case ValueKind.Object when value.AsObject().Items is { } items:
                return Collect(ref frame, items);
            case ValueKind.Undefined:
                throw TemplateFault.UndefinedValue();
            default:
                throw new TemplateFault($"A list is needed here, not {Kinds.Describe(value)}");
        }
    }

    /// <summary>As <see cref="Of"/>; as in Jinja's map and select, what counts as false (none, zero) has no items.</summary>
    /// <exception cref="TemplateFault">The value cannot be iterated.</exception>
    public static ReadOnlySpan<Value> OfTrue(ref Frame frame, Value value) => Truth.Of(value) ? Of(ref frame, value) : [];

    public static bool IsIterable(Value value) => value.Kind is ValueKind.List or ValueKind.String or ValueKind.Map or ValueKind.Bytes
        || (value.Kind == ValueKind.Object && value.AsObject().Items is not null);

    /// <summary>How many items there are.</summary>
    /// <exception cref="TemplateFault">The value has no length.</exception>
    public static long Length(ref Frame frame, Value value) => value.Kind switch
    {
        ValueKind.String => CodePoints.Count(value.AsString()),
        ValueKind.List => value.AsList().Count,
        ValueKind.Map => value.AsMap().Count,
        ValueKind.Bytes => value.AsBytes().Length,
        ValueKind.Undefined => throw TemplateFault.UndefinedValue(),
        ValueKind.Object when value.AsObject().Count is { } count => count,
        ValueKind.Object when value.AsObject().Items is not null => Of(ref frame, value).Length,
        _ => throw new TemplateFault($"{Kinds.Describe(value)} has no length"),
    };

    public static Value ListOf(ref Frame frame, ReadOnlySpan<Value> items)
    {
        frame.AllocateItems(items.Length);
        return ValueList.Create(items);
    }

    private static Value[] KeysOf(ValueMap map)
    {
        var keys = new Value[map.Count];
        var next = 0;
        foreach (var key in map.Keys)
            keys[next++] = key;
        return keys;
    }

    private static ReadOnlySpan<Value> Collect(ref Frame frame, IEnumerable<Value> items)
    {
        var collected = ImmutableArray.CreateBuilder<Value>();
        foreach (var item in items)
        {
            frame.AllocateItem();
            collected.Add(item);
        }

        return collected.ToArray();
    }
}
