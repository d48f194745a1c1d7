using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Compilation;

namespace Hermes.Templates.Evaluation;

internal sealed class CompiledTemplate(string text, bool isExpression, VariableUse use, Evaluator body, TemplateLimits limits) : ITemplate
{
    private readonly ImmutableArray<string> _variables = use.Names;

    public string Text => text;

    public bool IsExpression => isExpression;

    public IReadOnlyList<string> Variables => _variables;

    public IReadOnlySet<string>? MembersOf(string variable) => use.MembersOf(variable);

    public bool AsksOnlyWhatIsIn(string variable) => use.AsksOnlyWhatIsIn(variable);

    public Value Evaluate(ReadOnlySpan<Value> variables)
    {
        if (variables.Length != _variables.Length)
        {
            throw new ArgumentException(
                $"The template reads {_variables.Length} variables, {variables.Length} values are given.",
                nameof(variables));
        }

        var frame = new Frame(limits);
        try
        {
            return body(ref frame, variables);
        }
        catch (TemplateFault fault)
        {
            throw FaultReport.AtEvaluation(fault, text, frame.Current, Unset(variables));
        }
    }

    public override string ToString() => text;

    private HashSet<string> Unset(ReadOnlySpan<Value> variables)
    {
        var unset = new HashSet<string>(StringComparer.Ordinal);
        for (var i = 0; i < variables.Length; i++)
        {
            if (Kinds.IsUndefined(variables[i]))
                unset.Add(_variables[i]);
        }

        return unset;
    }
}
