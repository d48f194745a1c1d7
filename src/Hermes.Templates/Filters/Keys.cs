using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Operators;
using Hermes.Templates.Text;

namespace Hermes.Templates.Filters;

/// <summary>By what items are compared: themselves or an attribute of theirs, with or without regard to case.</summary>
internal static class Keys
{
    /// <summary>One key per item.</summary>
    /// <param name="frame">Pays for the work.</param>
    /// <param name="items">The items.</param>
    /// <param name="attribute">The path of an attribute; none for the item itself.</param>
    /// <param name="caseSensitive">Whether texts that differ only in case differ.</param>
    public static Value[] Of(ref Frame frame, ReadOnlySpan<Value> items, Value attribute, Value caseSensitive)
    {
        var isCaseSensitive = Truth.Of(caseSensitive);
        frame.AllocateItems(items.Length);
        var keys = new Value[items.Length];
        for (var i = 0; i < keys.Length; i++)
        {
            var key = attribute.IsNull ? items[i] : Access.Path(ref frame, items[i], attribute);
            keys[i] = isCaseSensitive ? key : WithoutCase(ref frame, key);
        }

        return keys;
    }

    public static Value WithoutCase(ref Frame frame, Value key)
    {
        if (!key.TryGetString(out var text))
            return key;
        CaseMapping.Pay(ref frame, text);
        return CaseMapping.Lower(text);
    }
}
