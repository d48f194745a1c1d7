using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Syntax;

namespace Hermes.Templates.Evaluation;

/// <summary>Makes the exception that callers see: with line and column, and with the name of the variable that is not set.</summary>
internal static class FaultReport
{
    public static TemplateException AtCompilation(TemplateFault fault, string text) => At(fault.Message, text, fault.Position ?? 0);

    /// <param name="fault">What went wrong.</param>
    /// <param name="text">The template.</param>
    /// <param name="place">The operation that failed.</param>
    /// <param name="unset">The names of the variables that are not set.</param>
    /// <param name="missing">The member or the item that was looked for last and is not there.</param>
    public static TemplateException AtEvaluation(TemplateFault fault, string text, Expression? place, IReadOnlySet<string> unset, Expression? missing)
    {
        if (!fault.IsUndefined || place is null || Unset(place, unset, missing) is not { } culprit)
            return At(fault.Message, text, fault.Position ?? place?.Position ?? 0, fault.IsUndefined);
        var name = Written(culprit);
        return At($"'{name}' is not set. Write '{name} | default(...)', or test it with '{name} is defined'", text, culprit.Position, fault.IsUndefined);
    }

    /// <summary>The first of what the operation reads directly that is not set: a variable, or a member or an item that is not there.</summary>
    private static Expression? Unset(Expression place, IReadOnlySet<string> unset, Expression? missing) => place.Children.Prepend(place)
        .FirstOrDefault(part => part is Name name ? unset.Contains(name.Identifier) : ReferenceEquals(part, missing));

    /// <summary>An access as it is written in the template, in short where it is long.</summary>
    private static string Written(Expression expression) => expression switch
    {
        Name name => name.Identifier,
        Member member => $"{Written(member.Target)}.{member.MemberName}",
        Syntax.Index index => $"{Written(index.Target)}[{Written(index.Key)}]",
        Constant { Value: { Kind: ValueKind.Integer } value } => value.ToString(),
        Constant { Value: { Kind: ValueKind.String } value } => $"'{value}'",
        Unary { Operator: UnaryOperator.Minus, Operand: Constant } minus => $"-{Written(minus.Operand)}",
        _ => "(...)",
    };

    private static TemplateException At(string reason, string text, int position, bool isUndefined = false)
    {
        var before = text.AsSpan(0, Math.Min(position, text.Length));
        var line = 1 + before.Count('\n');
        return new TemplateException(char.ToUpperInvariant(reason[0]) + reason[1..], text, line, before.Length - before.LastIndexOf('\n'))
        {
            IsUndefined = isUndefined,
        };
    }
}
