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
    public static TemplateException AtEvaluation(TemplateFault fault, string text, Expression? place, IReadOnlySet<string> unset)
    {
        if (!fault.IsUndefined || place is null || Unset(place, unset) is not { } name)
            return At(fault.Message, text, fault.Position ?? place?.Position ?? 0, fault.IsUndefined);
        return At(
            $"'{name.Identifier}' is not set. Write '{name.Identifier} | default(...)', or test it with '{name.Identifier} is defined'",
            text,
            name.Position,
            fault.IsUndefined);
    }

    /// <summary>The first variable that is not set of those that the operation reads directly.</summary>
    private static Name? Unset(Expression place, IReadOnlySet<string> unset) =>
        place.Children.Prepend(place).OfType<Name>().FirstOrDefault(name => unset.Contains(name.Identifier));

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
