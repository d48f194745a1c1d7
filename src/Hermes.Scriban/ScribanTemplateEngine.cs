using Hermes.Abstractions.Data;
using Hermes.Abstractions.Templates;
using Hermes.Scriban.Compilation;
using Hermes.Scriban.Evaluation;
using Hermes.Scriban.Functions;
using Hermes.Scriban.Values;
using Scriban;
using Scriban.Parsing;
using Scriban.Runtime;
using Scriban.Syntax;

namespace Hermes.Scriban;

/// <summary>
/// The language of Scriban as the template engine, with typed results. Templates can do nothing but compute: they see the variables they are given, the
/// functions of the language and the filters, include and import nothing, and each evaluation is bounded by <see cref="ScribanLimits"/>.
/// </summary>
public sealed class ScribanTemplateEngine : ITemplateEngine
{
    private readonly Language _language;
    private readonly ScribanLimits _limits;

    /// <summary>Makes an engine with the functions of the language and own filters.</summary>
    /// <param name="filters">Own filters, called as functions: <c>{{ value | name argument }}</c>.</param>
    /// <param name="limits">What a template may cost; <see cref="ScribanLimits.Default"/> if null.</param>
    /// <exception cref="ArgumentException">Two filters have the same name, or one has a name of the language.</exception>
    public ScribanTemplateEngine(IEnumerable<IAttributeFilter> filters, ScribanLimits? limits = null)
    {
        ArgumentNullException.ThrowIfNull(filters);
        _limits = limits ?? ScribanLimits.Default;
        _language = new Language(filters, _limits);
    }

    /// <summary>Makes an engine with the functions of the language.</summary>
    public ScribanTemplateEngine()
        : this([])
    {
    }

    /// <inheritdoc/>
    public bool IsTemplate(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        return text.Contains("{{", StringComparison.Ordinal);
    }

    /// <inheritdoc/>
    public ITemplate Compile(string text)
    {
        ArgumentNullException.ThrowIfNull(text);
        if (text.Length > _limits.MaxTemplateLength)
            throw new TemplateException($"The template is longer than {_limits.MaxTemplateLength} characters", text, 1, 1);
        var parsed = Template.Parse(text, null, new ParserOptions { ExpressionDepthLimit = _limits.MaxDepth }, new LexerOptions { Mode = ScriptMode.Default });
        if (parsed.Messages.FirstOrDefault(message => message.Type == ParserMessageType.Error) is { } error)
            throw Faults.At(error.Span, error.Message, text);
        return new ScribanTemplate(text, parsed, VariableUse.Of(parsed.Page!, _language, text), _language, _limits);
    }
}

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
