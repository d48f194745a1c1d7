using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;

namespace Hermes.Templates.Tests.Cases;

/// <summary>A line of a case file: an expression, what it is given, and what it must yield.</summary>
public sealed record TemplateCase(string File, int Line, string Template, IReadOnlyDictionary<string, Value> Variables, string Expected)
{
    /// <summary>How an expected error is written.</summary>
    public const string ErrorMark = "error: ";

    /// <summary>Evaluates the template with the variables of the case; those that it does not give are unset.</summary>
    public Value Evaluate(ITemplateEngine engine)
    {
        var template = engine.Compile(Template);
        return template.Evaluate([.. template.Variables.Select(name => Variables.GetValueOrDefault(name, Value.Undefined))]);
    }

    public override string ToString() => $"{File}:{Line} {Template}";
}
