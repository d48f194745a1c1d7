using System.Globalization;
using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Operators;

/// <summary>Members (<c>a.b</c>), subscripts (<c>a['b']</c>, <c>a[0]</c>) and slices. What is not there is undefined.</summary>
internal static class Access
{
    /// <summary>
    /// Whether it is no mistake if a value of this kind lacks a member: dictionaries differ, and none has none, so that <c>manager.name | default('')</c> does
    /// for entries without a manager.
    /// </summary>
    public static bool MayLackMembers(ValueKind kind) => kind is ValueKind.Map or ValueKind.Object or ValueKind.Null;

    /// <summary>A member whose name is written in the template, and so may be shown.</summary>
    /// <exception cref="TemplateFault">The target is undefined, or is an object that does not know the name.</exception>
    public static Value Member(Value target, string name) => TryMember(target, name, out var member)
        ? member
        : throw new TemplateFault($"There is no '{name}' in {target.AsObject().Description}");

    /// <summary>A member whose name is a value, and so is not shown.</summary>
    /// <exception cref="TemplateFault">The target is undefined, or is an object that does not know the name.</exception>
    public static Value MemberByValue(Value target, string name) => TryMember(target, name, out var member)
        ? member
        : throw new TemplateFault($"There is no such member in {target.AsObject().Description}");

    /// <exception cref="TemplateFault">The target is undefined, or is an object that does not know the name.</exception>
    public static Value Subscript(ref Frame frame, Value target, Value key)
    {
        Kinds.Defined(key);
        if (key.TryGetString(out var name))
            return MemberByValue(target, name);
        if (Numbers.TryInteger(key) is not { } index)
        {
            Kinds.Defined(target);
            return Value.Undefined;
        }

        switch (target.Kind)
        {
            case ValueKind.List:
                var list = target.AsList();
                return Locate(index, list.Count) is { } place ? list[place] : Value.Undefined;
            case ValueKind.String:
                var text = target.AsString();
                frame.AllocateText(4);
                frame.Step(text.Length);
                return CodePoints.At(text, index) is { } character ? character : Value.Undefined;
            case ValueKind.Bytes:
                var bytes = target.AsBytes().Span;
                return Locate(index, bytes.Length) is { } at ? (long)bytes[at] : Value.Undefined;
            case ValueKind.Object when target.AsObject().Items is not null:
                var items = Sequence.Of(ref frame, target);
                return Locate(index, items.Length) is { } position ? items[position] : Value.Undefined;
            case ValueKind.Undefined:
                throw TemplateFault.UndefinedValue();
            default:
                return Value.Undefined;
        }
    }

    /// <summary>A member by a path such as <c>manager.name</c> or <c>phones.0</c>, as filters take it.</summary>
    public static Value Path(ref Frame frame, Value target, Value path)
    {
        if (!path.TryGetString(out var text))
            return Subscript(ref frame, target, path);
        if (!text.Contains('.', StringComparison.Ordinal))
            return Part(ref frame, target, text);
        for (var start = 0; start <= text.Length;)
        {
            var point = text.IndexOf('.', start);
            var end = point < 0 ? text.Length : point;
            frame.AllocateText(end - start);
            target = Part(ref frame, target, text[start..end]);
            start = end + 1;
        }

        return target;
    }

    /// <summary>As in Python: bounds beyond the ends are cut, negative ones count from the end.</summary>
    public static Value Slice(ref Frame frame, Value target, Value start, Value stop, Value step)
    {
        var by = step.IsNull ? 1 : Numbers.Integer(step, "The step of a slice");
        if (by == 0)
            throw new TemplateFault("The step of a slice cannot be zero");
        switch (target.Kind)
        {
            case ValueKind.String:
                var text = target.AsString();
                return CodePoints.Slice(ref frame, text, count => SliceRange.Of(start, stop, by, count));
            case ValueKind.List:
                var list = target.AsList();
                return Pick(ref frame, list.AsSpan(), SliceRange.Of(start, stop, by, list.Count));
            case ValueKind.Bytes:
                var bytes = target.AsBytes();
                return Pick(ref frame, bytes.Span, SliceRange.Of(start, stop, by, bytes.Length));
            case ValueKind.Object when target.AsObject().Items is not null:
                var items = Sequence.Of(ref frame, target);
                return Pick(ref frame, items, SliceRange.Of(start, stop, by, items.Length));
            default:
                throw new TemplateFault($"{Kinds.Describe(Kinds.Defined(target))} cannot be sliced");
        }
    }

    private static Value Part(ref Frame frame, Value target, string part) =>
        long.TryParse(part, NumberStyles.None, CultureInfo.InvariantCulture, out var index) && target.Kind != ValueKind.Map
            ? Subscript(ref frame, target, index)
            : MemberByValue(target, part);

    private static bool TryMember(Value target, string name, out Value member)
    {
        switch (target.Kind)
        {
            case ValueKind.Object:
                return target.AsObject().TryGetMember(name, out member);
            case ValueKind.Map:
                member = target.AsMap().TryGetValue(name, out var item) ? item : Value.Undefined;
                return true;
            case ValueKind.DateTime:
                member = DateTimeMembers.Get(target.AsDateTime(), name);
                return true;
            case ValueKind.Undefined:
                throw TemplateFault.UndefinedValue();
            default:
                member = Value.Undefined;
                return true;
        }
    }

    private static Value Pick(ref Frame frame, ReadOnlySpan<Value> items, SliceRange range)
    {
        frame.AllocateItems(range.Count);
        var result = new Value[range.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = items[range.At(i)];
        return ValueList.Create(result);
    }

    private static byte[] Pick(ref Frame frame, ReadOnlySpan<byte> bytes, SliceRange range)
    {
        frame.AllocateBytes(range.Count);
        var result = new byte[range.Count];
        for (var i = 0; i < result.Length; i++)
            result[i] = bytes[range.At(i)];
        return result;
    }

    private static int? Locate(long index, int count)
    {
        if (index < 0)
            index += count;
        return index >= 0 && index < count ? (int)index : null;
    }
}

/// <summary>The attributes of a date and time, named as in Python.</summary>
internal static class DateTimeMembers
{
    public static readonly string[] Names = ["year", "month", "day", "hour", "minute", "second", "microsecond"];

    public static Value Get(DateTime value, string name) => name switch
    {
        "year" => value.Year,
        "month" => value.Month,
        "day" => value.Day,
        "hour" => value.Hour,
        "minute" => value.Minute,
        "second" => value.Second,
        "microsecond" => (value.Millisecond * 1000) + value.Microsecond,
        _ => Value.Undefined,
    };
}
