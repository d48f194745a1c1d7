using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Operators;

/// <summary>The operator <c>in</c>: of a list, a text in a text, a key of a dictionary, whatever an object says.</summary>
internal static class Membership
{
    /// <exception cref="TemplateFault">The container has nothing in it by its kind.</exception>
    public static bool Contains(ref Frame frame, Value container, Value item)
    {
        switch (container.Kind)
        {
            case ValueKind.Object:
                return InObject(ref frame, container, Kinds.Defined(item));
            case ValueKind.List:
                return InList(container.AsList().AsSpan(), item, ref frame);
            case ValueKind.String when Kinds.Defined(item).TryGetString(out var part):
                frame.Step(1 + (container.AsString().Length / 8));
                return TextSearch.First(ref frame, container.AsString(), part) >= 0;
            case ValueKind.String:
                throw new TemplateFault($"Only a text can be in a text, not {Kinds.Describe(item)}");
            case ValueKind.Map:
                return Kinds.Defined(item).TryGetString(out var key) && container.AsMap().ContainsKey(key);
            case ValueKind.Bytes:
                frame.Step(1 + (container.AsBytes().Length / 8));
                return InBytes(ref frame, container.AsBytes().Span, Kinds.Defined(item));
            default:
                throw new TemplateFault($"Nothing can be in {Kinds.Describe(Kinds.Defined(container))}");
        }
    }

    private static bool InObject(ref Frame frame, Value container, Value item)
    {
        frame.Step(1);
        var target = container.AsObject();
        if (target.Contains(item) is { } found)
            return found;
        return target.Items is not null
            ? InList(Sequence.Of(ref frame, container), item, ref frame)
            : throw new TemplateFault($"Nothing can be in {target.Description}");
    }

    private static bool InList(ReadOnlySpan<Value> items, Value item, ref Frame frame)
    {
        foreach (var candidate in items)
        {
            if (Equality.AreEqual(candidate, item, ref frame))
                return true;
        }

        // Even an empty list is no place to ask for what is undefined.
        Kinds.Defined(item);
        frame.Step(items.Length);
        return false;
    }

    private static bool InBytes(ref Frame frame, ReadOnlySpan<byte> bytes, Value item) => item.Kind switch
    {
        ValueKind.Bytes => HoldsPart(ref frame, bytes, item.AsBytes().Span),
        ValueKind.Integer when item.AsInteger() is >= 0 and <= 255 => bytes.Contains((byte)item.AsInteger()),
        _ => throw new TemplateFault($"Only bytes can be in bytes, not {Kinds.Describe(item)}"),
    };

    /// <summary>Paid for as if the part had to be compared at each place, as that of a long text is.</summary>
    private static bool HoldsPart(ref Frame frame, ReadOnlySpan<byte> bytes, ReadOnlySpan<byte> part)
    {
        frame.Step((long)Math.Min(bytes.Length, 1L << 30) * part.Length / 256);
        return bytes.IndexOf(part) >= 0;
    }
}
