using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Scriban.Compilation;
using Hermes.Scriban.Functions;
using Hermes.Scriban.Values;
using Scriban;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Hermes.Scriban.Evaluation;

/// <summary>A parsed template. Each evaluation has a context of its own, so that several threads may share it.</summary>
internal sealed class ScribanTemplate(string text, Template parsed, VariableUse use, Language language, ScribanLimits limits) : ITemplate
{
    public string Text => text;

    public bool IsExpression { get; } = IsOneExpression(parsed.Page!);

    public IReadOnlyList<string> Variables => use.Variables;

    public IReadOnlySet<string>? MembersOf(string variable) => use.MembersOf(variable);

    public bool AsksOnlyWhatIsIn(string variable) => use.AsksOnlyWhatIsIn(variable);

    public Value Evaluate(ReadOnlySpan<Value> variables)
    {
        if (variables.Length != Variables.Count)
            throw new ArgumentException($"The template has {Variables.Count} variables, and {variables.Length} values were given.", nameof(variables));
        var given = new ScriptObject(StringComparer.Ordinal);
        for (var i = 0; i < variables.Length; i++)
            given.SetValue(Variables[i], ScriptValues.ToScript(variables[i]), readOnly: true);

        using var tooLate = new CancellationTokenSource(limits.MaxTime);
        var context = new SandboxContext(language.Words, limits, tooLate.Token);
        context.PushGlobal(given);
        try
        {
            return IsExpression ? ScriptValues.FromScript(parsed.Evaluate(context), limits) : Value.From(parsed.Render(context));
        }
        catch (Exception exception) when (exception is not OutOfMemoryException)
        {
            throw Faults.Of(exception, text, limits);
        }
    }

    private static bool IsOneExpression(ScriptPage page) =>
        page.Body is { } body
        && body.Statements.Where(statement => statement is not ScriptEscapeStatement).ToList() is
            [ScriptExpressionStatement { Expression: not (null or ScriptAssignExpression) }];
}
