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
        ListLiteral list when list.Items.All(item => Fold(item) is not null) => ValueList.Create(list.Items.Select(item => Fold(item)!.Value)),
        _ => (Value?)null,
    };

    /// <summary>The text that an argument is, if it is written as a text.</summary>
    public static string? Text(Expression expression) =>
        expression is Constant { Value: var value } && value.TryGetString(out var text) ? text : null;
}
