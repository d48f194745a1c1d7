using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Compilation;

/// <summary>What is known when the template is compiled.</summary>
internal static class Constants
{
    public static Evaluator Of(Value value) => (ref _, _) => value;

    /// <summary>The value of a literal, if all that it is made of is constant.</summary>
    public static Value? Fold(Expression expression) => expression switch
    {
        Constant constant => constant.Value,
        ListLiteral list => Fold(list),
        MapLiteral map => Fold(map),
        _ => null,
    };

    private static Value? Fold(ListLiteral list)
    {
        var values = new Value[list.Items.Length];
        for (var i = 0; i < values.Length; i++)
        {
            if (Fold(list.Items[i]) is not { } value)
                return null;
            values[i] = value;
        }

        return ValueList.Create(values);
    }

    /// <summary>A table to look things up in is made once.</summary>
    private static Value? Fold(MapLiteral map)
    {
        var pairs = new KeyValuePair<string, Value>[map.Pairs.Length];
        for (var i = 0; i < pairs.Length; i++)
        {
            if (Text(map.Pairs[i].Key) is not { } key || Fold(map.Pairs[i].Value) is not { } value)
                return null;
            pairs[i] = new(key, value);
        }

        return ValueMap.Create(pairs);
    }

    /// <summary>The text that an argument is, if it is written as a text.</summary>
    public static string? Text(Expression expression) =>
        expression is Constant { Value: var value } && value.TryGetString(out var text) ? text : null;
}
