using Hermes.Abstractions.Data;

namespace Hermes.Abstractions.Targets;

/// <summary>What an attribute refers to: it holds the key of an entry of another type, or a list of keys.</summary>
/// <param name="Type">The type of the entries that it refers to.</param>
/// <param name="IsList">Whether it holds a list of keys.</param>
public sealed record TargetReference(string Type, bool IsList)
{
    /// <summary>
    /// The keys that a value holds, in its order, none twice. A key of several parts is a list of them, in the order of the key. A single key may stand for a list of one.
    /// </summary>
    /// <param name="value">The value; none if it is not set.</param>
    /// <exception cref="FormatException">It holds something else than keys.</exception>
    public IReadOnlyList<EntryKey> KeysOf(Value value)
    {
        if (!value.IsSet)
            return [];
        if (!IsList || value.Kind != ValueKind.List)
            return [KeyOf(value)];
        var keys = new List<EntryKey>(value.AsList().Count);
        var known = new HashSet<EntryKey>();
        foreach (var item in value.AsList())
        {
            if (known.Add(KeyOf(item)))
                keys.Add(KeyOf(item));
        }

        return keys;
    }

    private EntryKey KeyOf(Value value) => EntryKey.TryCreate(value, out var key)
        ? key
        : throw new FormatException(
            $"It must hold {(IsList ? "a list of keys" : "the key of an entry")} of {Type}, and a key of several parts is a list of them; this is of kind {value.Kind}.");
}
