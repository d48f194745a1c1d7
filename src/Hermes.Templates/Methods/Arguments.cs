using Hermes.Abstractions.Data;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Text;

namespace Hermes.Templates.Methods;

/// <summary>Reads the arguments of methods, which, unlike filters, do not make a text of what is none.</summary>
internal static class Arguments
{
    /// <exception cref="TemplateFault">It is not a text.</exception>
    public static string Text(Value value, string what) =>
        value.TryGetString(out var text)
            ? text
            : throw new TemplateFault($"{what} must be a text, not {Kinds.Describe(Kinds.Defined(value))}");

    /// <exception cref="TemplateFault">It is not a text of one character.</exception>
    public static string Letter(Value value) =>
        Text(value, "The fill character") is var text && CodePoints.Count(text) == 1
            ? text
            : throw new TemplateFault("The fill must be one character");
}
