using System.Collections.Immutable;
using Hermes.Templates.Evaluation;
using Hermes.Templates.Parsing;
using Hermes.Templates.Syntax;
using Hermes.Templates.Text;

namespace Hermes.Templates.Compilation;

/// <summary>The way from text to a compiled template: parse, list the variables, compile.</summary>
internal static class TemplateCompiler
{
    /// <exception cref="TemplateFault">The text is not a valid template.</exception>
    public static CompiledTemplate Compile(string text, Vocabulary vocabulary, TemplateLimits limits)
    {
        var syntax = TemplateParser.Parse(text, limits);
        var variables = VariableUse.Of(syntax);
        var compiler = new ExpressionCompiler(vocabulary, variables.Names);
        return syntax.WholeExpression is { } expression
            ? new CompiledTemplate(text, isExpression: true, variables, Whole(expression, compiler), limits)
            : new CompiledTemplate(text, isExpression: false, variables, Text(syntax.Parts, compiler), limits);
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
