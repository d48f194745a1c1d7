using System.Globalization;
using Hermes.Abstractions.Data;

namespace Hermes.Diff.Mapping;

/// <summary>Refuses values that are too large to be carried through events, states and targets.</summary>
internal static class ValueSize
{
    /// <exception cref="UnfitValueException">The value is too large.</exception>
    public static void Check(Value value, int most)
    {
        var size = value.Kind is ValueKind.String or ValueKind.Bytes or ValueKind.List or ValueKind.Map ? Of(value, most, depth: 0) : 0;
        if (size > most)
        {
            throw new UnfitValueException(string.Create(
                CultureInfo.InvariantCulture, $"it has more than the {most:N0} characters or bytes that are allowed (MaxValueLength)"));
        }
    }

    // Counts no further than needed: neither too long nor, since deeper values are refused next, too deep.
    private static long Of(Value value, long most, int depth)
    {
        switch (value.Kind)
        {
            case ValueKind.String: return value.AsString().Length;
            case ValueKind.Bytes: return value.AsBytes().Length;
            case ValueKind.List when depth <= MappedValue.DeepestNesting:
                var list = 0L;
                foreach (var item in value.AsList().AsSpan())
                {
                    list += 1 + Of(item, most, depth + 1);
                    if (list > most)
                        break;
                }

                return list;
            case ValueKind.Map when depth <= MappedValue.DeepestNesting:
                var map = 0L;
                foreach (var (name, item) in value.AsMap())
                {
                    map += name.Length + Of(item, most, depth + 1);
                    if (map > most)
                        break;
                }

                return map;
            default: return 1;
        }
    }
}
