using System.Collections.Immutable;
using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Parsing;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Compilation;

/// <summary>The way from text to a compiled template: parse, list the variables, compile.</summary>
internal static class TemplateCompiler
{
    /// <exception cref="TemplateFault">The text is not a valid template.</exception>
    public static CompiledTemplate Compile(string text, Vocabulary vocabulary, TemplateLimits limits, TimeProvider time)
    {
        var syntax = TemplateParser.Parse(text, limits);
        var variables = VariableUse.Of(syntax);
        var compiler = new ExpressionCompiler(vocabulary, variables.Names);
        return syntax.WholeExpression is { } expression
            ? new CompiledTemplate(text, isExpression: true, variables, Whole(expression, compiler), limits, time)
            : new CompiledTemplate(text, isExpression: false, variables, Text(syntax.Parts, compiler), limits, time);
    }

    private static Evaluator Whole(Expression expression, ExpressionCompiler compiler)
    {
        var evaluate = compiler.Compile(expression);
        return (ref frame, variables) =>
        {
            var value = evaluate(ref frame, variables);
            frame.Current = expression;
            return Result.Of(ref frame, value);
        };
    }

    private static Evaluator Text(ImmutableArray<TemplatePart> parts, ExpressionCompiler compiler)
    {
        var writers = parts.Select(part => part switch
        {
            TextPart text => ((Expression?)null, Constants.Of(text.Text)),
            ExpressionPart { Expression: var expression } => (expression, compiler.Compile(expression)),
            _ => throw new InvalidOperationException($"There is no compilation of {part.GetType().Name}."),
        }).ToArray();
        return (ref frame, variables) =>
        {
            frame.AllocateItems(writers.Length);
            var texts = new string[writers.Length];
            for (var i = 0; i < texts.Length; i++)
            {
                var (place, evaluate) = writers[i];
                var value = evaluate(ref frame, variables);
                frame.Current = place;
                texts[i] = PythonText.Str(ref frame, value);
                frame.AllocateText(texts[i].Length);
            }

            return string.Concat(texts);
        };
    }
}

internal sealed class CompiledTemplate(string text, bool isExpression, VariableUse use, Evaluator body, TemplateLimits limits, TimeProvider time) : ITemplate
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

        var frame = new Frame(limits, time);
        try
        {
            return body(ref frame, variables);
        }
        catch (TemplateFault fault)
        {
            throw FaultReport.AtEvaluation(fault, text, frame.Current, Unset(variables), frame.Unset);
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
